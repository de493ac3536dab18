"""Which part of a text is shown of what was found in it, and what of it is marked. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parvis.kernel.analysis import STEM, Term, forms_of

LONGEST_LOOKED_INTO = 60_000
"""Letters of a text in which passages are looked for."""
LENGTH, BEFORE = 180, 50
"""Letters of a passage, and of those how many at most before the first word that is marked."""
OF_LINES = re.compile(
    r"""
    ^[ ]{0,3}(?:
        (?:`{3,}|~{3,})[^\n`]*$                                          # where code begins or ends
        | (?:\*{3,}|_{3,})[ ]{0,3}$                                      # a line across
        | \|?[ ]{0,3}:?-+:?(?:[ ]{0,3}\|[ ]{0,3}:?-+:?)*[ ]{0,3}\|?[ ]{0,3}$  # the same, or under a table's head
        | \|[ ]                                                         # the side of a table
        | (?:\#{1,6}|>|[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?            # headings, quotations, lists, tasks
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
OF_WORDS = re.compile(
    r"""
    !?\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\ "[^"\n]*")?\)
    | \*{1,3}(?=\S) | \*(?<=\S\*)\*{0,2} | `{1,3} | ~~ | \|$
    | _(?<![^\W_]_)_{0,2}(?=\S) | _(?<=\S_)_{0,2}(?![^\W_])
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Marks of Markdown at the beginning of a line, and among words: links, of which the words stay, and emphasis, which
does not begin within a word."""


TOLD_BY = 3
"""Letters of a word by which it is first told from others."""
ACCENTED = {
    "a": "àâäáãå",
    "c": "ç",
    "d": "đð",
    "e": "éèêë",
    "i": "îïíı",
    "l": "ł",
    "n": "ñ",
    "o": "ôöóõø",
    "u": "ùûüú",
    "y": "ÿý",
}
"""Letters that fold to this one."""
LIGATURES = {"ae": "æ", "oe": "œ", "ss": "ß", "th": "þ"}


class Piece(NamedTuple):
    """A stretch of a text."""

    text: str
    is_match: bool


class _Place(NamedTuple):
    start: int
    end: int
    term: int


class Marker:
    """Knows the words that a query looks for, in any form."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._tokens: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        self._known: dict[str, int] = {}
        for number, term in enumerate(terms):
            for token in term.tokens:
                self._tokens.setdefault(token, number)
            if term.beginning:
                self._beginnings.append((term.beginning, number))
        every = [*self._tokens, *(begun for begun, _ in self._beginnings)]
        starts = sorted({_start(token.removeprefix(STEM)) for token in every})
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(starts)})[^\W_]*", re.IGNORECASE) if starts else None

    def marked(self, text: str) -> list[Piece]:
        """The whole text."""
        return list(_pieces(text, list(self._places(text)), 0, len(text)))

    def finds(self, text: str) -> set[int]:
        """Which terms stand in it."""
        return {place.term for place in self._places(text)}

    def passages(self, text: str, most: int, length: int = LENGTH) -> list[list[Piece]]:
        """At most so many, those that have most of what is looked for; the beginning of a text that has nothing."""
        text = " ".join(text[:LONGEST_LOOKED_INTO].split())
        if not text:
            return []
        places = list(self._places(text))
        if not places:
            return [list(_cut(text, [], 0, length))]
        taken: list[tuple[int, int]] = []
        covered: set[int] = set()
        while len(taken) < most:
            best = _best(places, taken, covered, length)
            if best is None:
                break
            start = max(0, best - min(BEFORE, length // 3))
            taken.append((start, start + length))
            covered |= {place.term for place in places if start <= place.start < start + length}
        return [list(_cut(text, places, start, end)) for start, end in sorted(taken)]

    def _places(self, text: str) -> Iterator[_Place]:
        if self._pattern is None:
            return
        for found in self._pattern.finditer(text):
            number = self._number(found[0])
            if number >= 0:
                yield _Place(found.start(), found.end(), number)

    def _number(self, word: str) -> int:
        """Of the term that the word answers; -1 for none."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._find(word)
        return known

    def _find(self, word: str) -> int:
        forms = forms_of(word)
        for form in forms:
            if form in self._tokens:
                return self._tokens[form]
        return next((number for begun, number in self._beginnings if forms[0].startswith(begun)), -1)


def _start(token: str) -> str:
    """How words begin that the folded token may stand for, by its first letters: a long text is gone through for these
    alone."""
    written = ""
    for place, letter in enumerate(token[:TOLD_BY]):
        ligature = LIGATURES.get(token[place : place + 2])
        if ligature:
            return f"{written}[{letter}{ACCENTED.get(letter, '')}{ligature}]"
        written += f"[{letter}{ACCENTED[letter]}]" if letter in ACCENTED else re.escape(letter)
    return written


def plain(markdown: str) -> str:
    """The words of a Markdown text, without most of its marks."""
    return OF_WORDS.sub(lambda mark: mark["words"] or "", OF_LINES.sub("", markdown))


def _best(places: Sequence[_Place], taken: Sequence[tuple[int, int]], covered: set[int], length: int) -> int | None:
    """Where the passage begins that has most terms, and most that no passage has yet."""
    best, most = None, (0, 0, 0)
    for number, place in enumerate(places):
        if any(start <= place.start < end for start, end in taken):
            continue
        inside = []
        for other in places[number : number + 12]:
            if other.end > place.start + length - BEFORE:
                break
            inside.append(other.term)
        told = (len(set(inside) - covered), len(set(inside)), len(inside))
        if told > most:
            best, most = place.start, told
    return best if most[0] or not taken else None


def _cut(text: str, places: Sequence[_Place], start: int, end: int) -> Iterator[Piece]:
    """Between whole words, with dots where it goes on."""
    if start > 0:
        start = text.find(" ", start, start + 30) + 1 or start
    if end < len(text):
        space = text.rfind(" ", max(start, end - 30), end)
        end = space if space > start else end
    inside = [place for place in places if start <= place.start and place.end <= end]
    pieces = list(_pieces(text, inside, start, min(end, len(text))))
    if start > 0:
        yield Piece("…", is_match=False)
    yield from pieces
    if end < len(text):
        yield Piece("…", is_match=False)


def _pieces(text: str, places: Sequence[_Place], start: int, end: int) -> Iterator[Piece]:
    for place in places:
        if place.start > start:
            yield Piece(text[start : place.start], is_match=False)
        yield Piece(text[place.start : place.end], is_match=True)
        start = place.end
    if start < end:
        yield Piece(text[start:end], is_match=False)
