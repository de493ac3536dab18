"""The words of a mail that has no plain text."""

from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol", "hr"})
UNREAD = frozenset({"script", "style", "head", "title", "template"})
ANSWERED = ("gmail_quote", "divRplyFwdMsg", "appendonsend", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix")
"""By which clients mark where what is answered begins: all below it is."""


def words_of_html(source: str) -> str:
    """As a plain-text client would have written it; what is quoted begins with `>`."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._quotes = 0
        self._unread = 0
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(mark in (value or "") for name, value in attrs if name in {"class", "id"} for mark in ANSWERED):
            self._ended = True
        if tag in UNREAD:
            self._unread += 1
        if tag == "blockquote":
            self._quotes += 1
        if tag in BLOCKS or tag == "blockquote":
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self._unread = max(self._unread - 1, 0)
        if tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        if tag in BLOCKS or tag == "blockquote":
            self._break()
        if tag == "p" and not self._ended:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        if self._ended or self._unread:
            return
        words = " ".join(data.split())
        if words:
            self._lines[-1].append((" " if data[:1].isspace() else "") + words + (" " if data[-1:].isspace() else ""))

    def text(self) -> str:
        return "\n".join("".join(line).strip() for line in self._lines)

    def _break(self) -> None:
        if not self._ended and self._lines[-1]:
            self._lines.append([])
        if self._quotes and not self._lines[-1]:
            self._lines[-1].append("> ")
