"""Which passwords are accepted (NIST SP 800-63B-4 section 3.1.1.2, CNIL deliberation 2022-100).

Length counts, composition does not: no digit or symbol is asked for. Refused is what is tried first: common words and
walks on the keyboard, what anybody knows of the person, and these with figures and signs hung on.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from parvis.kernel.errors import Invalid, invalid
from parvis.kernel.text import fold

SHORTEST = 12
LONGEST = 256
WORDS_FILE = Path(__file__).with_name("common.txt")

ENOUGH = 9
"""What must be left of a password once what is tried first is taken out of it."""
WORTH_OF_A_WORD = 4
"""A common word is one of few thousands: two beside each other are still guessed, three are not."""
SHORTEST_KNOWN = 4
"""Shorter names ("Li", "Guy") stand inside too many words to mean anything."""

ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
WALKED = {pair for row in (*ROWS, "01234567890") for run in (row, row[::-1]) for pair in pairwise(run)}
LOOKALIKES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "€": "e"})


def normalised(password: str) -> str:
    """One writing for what looks alike, whatever keyboard it came from (NFKC, as RFC 8265 asks)."""
    return unicodedata.normalize("NFKC", password)


def accepted(password: str, known: Iterable[str] = ()) -> str:
    """The password, when it may be used. `known`: the person's name and addresses, the organisation's name.

    Raises `Invalid` on field `password`: `too_short`, `too_long`, `too_personal` or `too_common`.
    """
    password = normalised(password)
    if len(password) < SHORTEST:
        raise invalid("password", "too_short", *SENTENCES["too_short"])
    if len(password) > LONGEST:
        raise invalid("password", "too_long", *SENTENCES["too_long"])
    if _worth(password, ()) < ENOUGH:
        raise _refused("too_common")
    if _worth(password, _known_words(known)) < ENOUGH:
        raise _refused("too_personal")
    return password


def _worth(password: str, known: Iterable[str]) -> int:
    """How much of it a guesser does not have ready: of its readings (as typed, signs read as letters), the poorest."""
    folded = fold(password)
    return min(_left(reading, tuple(known)) for reading in {folded, folded.translate(LOOKALIKES)})


def _left(reading: str, known: tuple[str, ...]) -> int:
    for word in sorted(known, key=len, reverse=True):
        reading = reading.replace(word, " ")
    words = set()
    for word in _common_in(reading):
        reading = reading.replace(word, " ")
        words.add(word)
    pieces = re.findall(r"[^\W\d_]+|\d+|[^\w\s]+|_+", reading)
    return WORTH_OF_A_WORD * len(words) + sum(_worth_of_piece(piece) for piece in set(pieces))


def _worth_of_piece(piece: str) -> int:
    """Its characters, but those that repeat or continue what stands before them. A year is worth one, and figures half:
    there are ten of them."""
    fresh = 1 + sum(1 for pair in pairwise(_unit(piece)) if pair[0] != pair[1] and pair not in WALKED)
    if not piece.isdecimal():
        return fresh
    return 1 if len(piece) <= 4 else (fresh + 1) // 2


def _unit(piece: str) -> str:
    """The part that a piece repeats: "abcabcabc" is "abc"."""
    return piece[: (piece + piece).find(piece, 1)]


def _common_in(reading: str) -> list[str]:
    """The longest common words in it, each letter belonging to one at most."""
    found, at = [], 0
    while at < len(reading):
        size = next((size for size in _lengths() if reading[at : at + size] in common_words()), 0)
        if size:
            found.append(reading[at : at + size])
        at += size or 1
    return found


@cache
def common_words() -> frozenset[str]:
    """Our list: words and names that passwords are made of in French and English, folded."""
    return frozenset(WORDS_FILE.read_text(encoding="utf-8").split())


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in common_words()}, reverse=True))


def _known_words(known: Iterable[str]) -> set[str]:
    """Each name and address, whole and in its words."""
    words = {word for text in known for word in (*re.split(r"[\W_\d]+", fold(text)), re.sub(r"\W", "", fold(text)))}
    return {word for word in words if len(word) >= SHORTEST_KNOWN}


def _refused(code: str) -> Invalid:
    return invalid("password", code, *SENTENCES[code])


SENTENCES = {
    "too_short": (
        "Il faut au moins 12 caractères. Trois ou quatre mots font l’affaire.",
        "At least 12 characters are needed. Three or four words will do.",
    ),
    "too_long": ("Il faut 256 caractères au plus.", "At most 256 characters are allowed."),
    "too_common": (
        "Ce mot de passe fait partie des premiers que l’on essaie. Ajoutez-y des mots.",
        "This password is among the first that are tried. Add words to it.",
    ),
    "too_personal": (
        "Ce mot de passe se devine d’après votre nom ou votre adresse.",
        "This password can be guessed from your name or address.",
    ),
}
