"""Who knows whom: mostly those of one's own years or office, and a few bridges to the rest of the university.

Each person, in order of number, meets some of those before: no pair twice, nobody himself, and no list of all pairs.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from random import Random

NEAR, AROUND = 0.62, 0.23
"""How often a contact is of the same circle, or of the wider one: the same subject, whatever the public."""
MET = (0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 24)
MET_BY = (6, 8, 10, 11, 12, 12, 12, 12, 9, 5, 3)
"""How many one meets among those before: five or six, fewer once those met twice are counted once."""


class Acquaintances:
    """The people so far: when each came, and who is of which circle."""

    def __init__(self) -> None:
        self._came: dict[int, datetime] = {}
        self._everybody: list[int] = []
        self._circles: dict[str, list[int]] = defaultdict(list)

    def meet(
        self, draw: Random, number: int, circles: tuple[str, str], came: datetime
    ) -> Iterator[tuple[int, datetime]]:
        """Numbers of those whom this one knows, and since when both have been there; then this one can be met."""
        near, around = (self._circles[circle] for circle in circles)
        for other in sorted(self._drawn(draw, near, around)):
            yield other, max(came, self._came[other])
        near.append(number)
        around.append(number)
        self._everybody.append(number)
        self._came[number] = came

    def _drawn(self, draw: Random, near: list[int], around: list[int]) -> set[int]:
        known = set()
        for _ in range(draw.choices(MET, MET_BY)[0]):
            drawn = draw.random()
            pool = near if drawn < NEAR else around if drawn < NEAR + AROUND else self._everybody
            if pool:
                known.add(draw.choice(pool))
        return known
