"""What of a mail is its author's own words: without what he answers, and without signatures.

Line by line, each looked at a bounded number of times: a mail that was made to be slow is read as fast as any.
"""

import re
from collections.abc import Sequence

SIGNATURES = frozenset({"--", "—", "__"})
SENT_FROM = re.compile(
    r"(?:sent from my|sent from outlook|sent from mail for|get outlook for|sent with proton"
    r"|envoyé de mon|envoyé depuis|envoyé à partir de|obtenir outlook|obtenez outlook|télécharger outlook"
    r"|envoyé avec)\b",
    re.IGNORECASE,
)
ATTRIBUTION_BEGINS = re.compile(r"(?:on|le|am|el|il)\b|\d{4}-\d{2}-\d{2}|.{0,200}<[^<>\s]+@[^<>\s]+>", re.IGNORECASE)
ATTRIBUTION_ENDS = re.compile(r"(?:wrote|écrit|écrivait|schrieb|escribió|ha scritto)\s?:$", re.IGNORECASE)
ATTRIBUTION_LINES = 4
"""It may be broken over so many lines."""
SEPARATOR = re.compile(
    r"[-_*]{3,}\s?(?:original message|message d['’]origine|message original|message transféré|forwarded message"
    r"|message transmis)\s?[-_*]{3,}|(?:begin forwarded message|début du message (?:transféré|réexpédié))\s?:$",
    re.IGNORECASE,
)
RULE = re.compile(r"[_]{10,}|[-]{20,}")
HEADER = re.compile(
    r"\*?(from|de|sent|envoyé|date|to|à|cc|copie|subject|objet|importance|reply-to|répondre à)\s?:", re.IGNORECASE
)
FIRST_HEADERS = frozenset({"from", "de"})
HEADERS = 3
"""So many lines of headers, one after the other, are those of the mail that is answered."""
LOOKED_AT = 300
"""Letters of a line that may tell what it is."""


def own_words(text: str) -> str:
    """Empty when nothing of it is his own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = [_seen(line) for line in lines]
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = seen[number]
        if not line:
            kept.append(lines[number].rstrip())
            number += 1
            continue
        if _is_signature(line) or _begins_what_is_answered(seen, number):
            break
        if line.startswith(">"):
            number += 1
            continue
        length = _attribution(seen, number)
        if length:
            number += length
            if not _is_quoted_below(seen, number):
                break  # Clients that do not mark what they quote put all of it below.
            continue
        kept.append(lines[number].rstrip())
        number += 1
    return _put_together(kept)


def _put_together(lines: Sequence[str]) -> str:
    """Without the blank lines that were left around what was cut."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(line: str) -> str:
    return line[:LOOKED_AT].replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "").strip()


def _is_signature(line: str) -> bool:
    return line in SIGNATURES or SENT_FROM.match(line) is not None


def _begins_what_is_answered(seen: Sequence[str], number: int) -> bool:
    line = seen[number]
    if SEPARATOR.match(line):
        return True
    if RULE.fullmatch(line):
        below = [line for line in seen[number + 1 : number + 4] if line]
        return bool(below) and _header(below[0]) in FIRST_HEADERS
    return _header(line) in FIRST_HEADERS and _are_headers(seen, number)


def _are_headers(seen: Sequence[str], number: int) -> bool:
    below = [line for line in seen[number : number + 2 * HEADERS] if line]
    return len(below) >= HEADERS and all(_header(one) for one in below[:HEADERS])


def _header(line: str) -> str:
    found = HEADER.match(line)
    return found[1].lower() if found else ""


def _attribution(seen: Sequence[str], number: int) -> int:
    """How many lines say who wrote what is answered, and when; none if this does not begin it."""
    if not ATTRIBUTION_BEGINS.match(seen[number]):
        return 0
    said = ""
    for length, line in enumerate(seen[number : number + ATTRIBUTION_LINES], 1):
        if not line:
            return 0
        said += line
        if ATTRIBUTION_ENDS.search(line):  # When it was written has figures; « Le maire a écrit : » has none.
            return length if any(sign.isdigit() for sign in said) else 0
    return 0


def _is_quoted_below(seen: Sequence[str], number: int) -> bool:
    for line in seen[number : number + 3]:
        if line:
            return line.startswith(">")
    return False
