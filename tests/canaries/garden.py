"""Canaries: words that exist once, each planted on one surface, with those who may see it there."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from zipfile import BadZipFile, ZipFile

BEGINNING = "zqv"
"""Every canary begins so: to look for this finds whatever one is let to find, and nothing else."""
FORM = re.compile(rf"{BEGINNING}[a-z]{{12}}", re.IGNORECASE)
LETTERS = ("bcdfgklmnprstv", "aeiou")


@dataclass(frozen=True)
class Canary:
    """`seen_by`: who may see it, by the part he plays; nobody, of what was taken away."""

    word: str
    surface: str
    seen_by: AbstractSet[str]


@dataclass
class Garden:
    """Where they are planted. One seed gives the same words."""

    seed: int
    canaries: dict[str, Canary] = field(default_factory=dict)
    beginnings: dict[AbstractSet[str], str] = field(default_factory=dict)
    """How those begin that the same may see: one word that is being typed stands for all of them."""
    seen_before: set[str] = field(default_factory=set)
    """What was seen by who may before it went away."""
    _draw: Random = field(init=False)

    def __post_init__(self) -> None:
        self._draw = Random(self.seed)

    def word(self, surface: str, seen_by: AbstractSet[str]) -> str:
        """A new canary, to be planted there."""
        beginning = self.beginnings.setdefault(frozenset(seen_by), self._new_beginning())
        while (word := beginning + self._letters(8)) in self.canaries:
            pass
        self.canaries[word] = Canary(word, surface, seen_by)
        return word

    def wild(self) -> str:
        """A word of the same form that is planted nowhere, nor is any that begins so."""
        return self._new_beginning() + self._letters(8)

    def hidden_from(self, part: str) -> list[str]:
        """What he must not find: how they begin, and one of each such kind, another with each seed."""
        kinds = [(seen_by, beginning) for seen_by, beginning in self.beginnings.items() if part not in seen_by]
        whole = [self._draw.choice(self._beginning_so(beginning)) for _, beginning in kinds]
        return [*(beginning for _, beginning in kinds), *whole]

    def shown_to(self, part: str) -> list[str]:
        """How what he may find begins."""
        return [BEGINNING, *(beginning for seen_by, beginning in self.beginnings.items() if part in seen_by)]

    def _beginning_so(self, beginning: str) -> list[str]:
        return [word for word in self.canaries if word.startswith(beginning)]

    def _new_beginning(self) -> str:
        while (beginning := BEGINNING + self._letters(4)) in self.beginnings.values():
            pass
        return beginning

    def _letters(self, number: int) -> str:
        return "".join(self._draw.choice(LETTERS[place % 2]) for place in range(number))


def words_in(content: bytes) -> set[str]:
    """The canaries in what was read, archives and documents unpacked."""
    return {found.lower() for text in _unpacked(content) for found in FORM.findall(text)}


def _unpacked(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as archive:
                inside = [(name, archive.read(name)) for name in archive.namelist()]
        except BadZipFile:
            return
        for name, entry in inside:
            yield name
            yield from _unpacked(entry)
