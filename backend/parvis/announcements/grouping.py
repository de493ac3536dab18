"""Figures of publics, told so that none is of a small group, and none can be found by subtraction. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parvis.accounts.models.people import Public

GROUP, FEW = 20, 5
"""Figures about people are of so many at least; numbers of those something was sent to are told from so many on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many were told, and how many of them did what; `steps`: how many had read it at each time."""

    told: int
    seen: int
    read: int
    acknowledged: int
    steps: Sequence[int]

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.told + other.told,
            self.seen + other.seen,
            self.read + other.read,
            self.acknowledged + other.acknowledged,
            [mine + theirs for mine, theirs in zip(self.steps, other.steps, strict=True)],
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one public, or of several together: none of which is told alone."""

    public: Public | None
    figures: Figures


def grouped(of_publics: Mapping[Public | None, Figures]) -> list[Group]:
    """The largest first. Publics of fewer than 20 are told together, with the smallest of the others where even so they
    are too few; where all are too few, nothing is told."""
    large, small = _parted(of_publics)
    while small and sum(figures.told for _, figures in small) < GROUP and large:
        small.append(large.pop())
    groups = [Group(public, figures) for public, figures in large]
    if small and sum(figures.told for _, figures in small) >= GROUP:
        groups.append(Group(None, total(figures for _, figures in small)))
    return groups


def total(every: Iterable[Figures]) -> Figures:
    first, *others = every
    for figures in others:
        first = first + figures
    return first


def _parted(
    of_publics: Mapping[Public | None, Figures],
) -> tuple[list[tuple[Public, Figures]], list[tuple[Public | None, Figures]]]:
    large: list[tuple[Public, Figures]] = []
    small: list[tuple[Public | None, Figures]] = []
    for public, figures in sorted(of_publics.items(), key=lambda one: -one[1].told):
        if public is not None and figures.told >= GROUP:
            large.append((public, figures))
        elif figures.told:
            small.append((public, figures))
    return large, small


def part_of(part: int, whole: int) -> int:
    """How many of these are said to be such: none for fewer than five, and all where fewer than five are not."""
    if part < FEW:
        return 0
    return whole if whole - part < FEW else part
