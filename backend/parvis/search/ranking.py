"""In which order what was found is shown: one formula for both databases, over the same candidates. Pure.

Each term counts as in BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009): how often it stands
in the text, less and less for each time, against the text's length; in the title it counts several times. What stands
together, and in the order asked for, counts more (as in proximity scoring: Tao and Zhai, 2007). Then how new it is, and
whether it is of the reader's own places. Names that are exactly what was typed come before all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from parvis.kernel.analysis import STEM, Term

from .words import Asked

K1, B = 1.2, 0.6
USUAL_LENGTH = 240
"""Letters of a text that is neither long nor short."""
TITLE, NAME, EXACT, BEGINS = 2.4, 1.5, 9.0, 3.0
TOGETHER, IN_ORDER = 1.6, 0.8
NEW, HALF_LIFE = 1.5, timedelta(days=120)
OWN = 0.7
BEYOND_STEM = 6
"""Letters that a word may have after its stem."""
KINDS: Mapping[str, float] = {
    "person": 0.6,
    "community": 0.9,
    "event": 0.4,
    "page": 0.3,
    "document": 0.2,
    "post": 0.2,
    "comment": 0.0,
    "message": -0.2,
}
"""What is looked for more often, other things being equal."""


@dataclass(frozen=True, slots=True)
class Text:
    """The folded words of an entry: of its title, and of the beginning of its body."""

    title: str
    body: str


class Ranker:
    """Scores entries for one query. `weights`: how rare each of its terms is."""

    def __init__(self, asked: Asked, now: datetime, weights: Sequence[float] | None = None) -> None:
        self._asked = asked
        self._plain = asked.plain
        self._now = now
        self._weights = weights or [1.0] * len(asked.terms)
        groups = [f"(?P<t{number}>{_written(term)})" for number, term in enumerate(asked.terms)]
        self._pattern = re.compile(rf"(?<= )(?:{'|'.join(groups)})(?= )") if groups else None

    def first(self, kind: str, at: datetime | None, *, is_own: bool, in_title: bool) -> float:
        """What is known of an entry before its text is read."""
        score = KINDS.get(kind, 0.0) + NEW * self._newness(at)
        score += TITLE if in_title else 0.0
        return score + (OWN if is_own else 0.0)

    def score(self, kind: str, at: datetime | None, text: Text, *, is_own: bool) -> float:
        score = KINDS.get(kind, 0.0) + NEW * self._newness(at)
        score += OWN if is_own else 0.0
        titled, in_title = self._terms(text.title)
        bodied, in_body = self._terms(text.body)
        longness = 1 - B + B * (len(text.body) + len(text.title)) / USUAL_LENGTH
        for number, weight in enumerate(self._weights):
            times = TITLE * titled.get(number, 0) + bodied.get(number, 0)
            score += weight * 2.2 * times / (times + K1 * longness)
        score += max(self._nearness(in_title), self._nearness(in_body))
        return score + self._exactness(kind, text.title, titled)

    def _newness(self, at: datetime | None) -> float:
        if at is None:
            return 0.35
        return float(0.5 ** (max(self._now - at, timedelta(0)) / HALF_LIFE))

    def _terms(self, words: str) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """How often each term stands there, and where: at which letter, and which."""
        times: dict[int, int] = {}
        places: list[tuple[int, int]] = []
        if self._pattern is not None:
            for found in self._pattern.finditer(words):
                number = int(str(found.lastgroup)[1:])
                times[number] = times.get(number, 0) + 1
                places.append((found.start(), number))
        return times, places

    def _nearness(self, places: Sequence[tuple[int, int]]) -> float:
        """How close together several terms stand, at their closest."""
        count = len(self._asked.terms)
        if count < 2 or len({number for _, number in places}) < 2:
            return 0.0
        best = 0.0
        for (start, one), (end, other) in pairwise(places):
            if one != other:
                near = 1 / (1 + (end - start) / 12)
                best = max(best, near * (TOGETHER + (IN_ORDER if other == one + 1 else 0.0)))
        held = len({number for _, number in places}) / count
        return best * held

    def _exactness(self, kind: str, title: str, titled: Mapping[int, int]) -> float:
        plain, name = self._plain, title.strip()
        if not plain or not name:
            return 0.0
        is_name = kind in ("person", "community")
        if name == plain:
            return EXACT
        score = NAME if is_name and len(titled) == len(self._asked.terms) else 0.0
        if name.startswith(plain):
            score += BEGINS
        return score + 1.2 * len(titled) / max(len(name.split()), len(self._asked.terms))


def _written(term: Term) -> str:
    """The folded words that a term stands for: a stem and what may follow it."""
    ways = [f"{re.escape(token)}" for token in term.tokens if not token.startswith(STEM)]
    stems = [token.removeprefix(STEM) for token in term.tokens if token.startswith(STEM)]
    ways += [rf"{re.escape(stem)}[^ ]{{0,{BEYOND_STEM}}}" for stem in stems]
    if term.beginning:
        ways.append(rf"{re.escape(term.beginning)}[^ ]*")
    return "|".join(sorted(ways, key=len, reverse=True))
