"""How people are called, by gender, age and where their families come from; and how the university writes it."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Literal

from faker import Faker

from parvis.kernel.text import fold

from .words.names import ORIGINS, REGIONAL, YOUNG_FEMALE, YOUNG_MALE

Gender = Literal["female", "male"]

OF_THE_OLD = 1978
"""Those born before bear the names that Faker gives."""
_BOUNDS = dict(zip(ORIGINS, accumulate(weight for weight, _ in ORIGINS.values()), strict=True))


class Names:
    """Draws names, those of Faker among them."""

    def __init__(self) -> None:
        self._faker = Faker("fr_FR")

    def name(self, draw: Random, gender: Gender, born: int) -> str:
        """A given name and a family name."""
        self._faker.seed_instance(draw.getrandbits(64))
        origin = _origin(draw)
        family = self._faker.last_name() if origin is None else draw.choice(ORIGINS[origin][1].families)
        if draw.random() < 0.03:
            family = f"{family}-{self._faker.last_name()}"
        return f"{self._given(draw, gender, born, origin)} {family}"

    def _given(self, draw: Random, gender: Gender, born: int, origin: str | None) -> str:
        if origin not in {None, REGIONAL} and draw.random() < 0.75:
            named = ORIGINS[str(origin)][1]
            return draw.choice(named.female if gender == "female" else named.male)
        if born < OF_THE_OLD or draw.random() < 0.2:
            given = self._faker.first_name_female() if gender == "female" else self._faker.first_name_male()
            first = "Marie" if gender == "female" else "Jean"
            return f"{first}-{given}" if given != first and draw.random() < 0.08 else given
        return draw.choice(YOUNG_FEMALE if gender == "female" else YOUNG_MALE)


class Logins:
    """Gives each name a login that nobody else has: homonyms are numbered from the second on."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._given = Counter(taken)

    def login(self, name: str) -> str:
        """ "Élodie Le Goff" gives "elodie.le.goff", then "elodie.le.goff2"."""
        plain = re.sub(r"[^a-z0-9-]+", ".", fold(name))
        self._given[plain] += 1
        return plain if self._given[plain] == 1 else f"{plain}{self._given[plain]}"


def _origin(draw: Random) -> str | None:
    drawn = draw.uniform(0, 100)
    return next((origin for origin, bound in _BOUNDS.items() if drawn < bound), None)
