"""Who speaks: a life, and what is drawn of it once since several fields tell it."""

from random import Random
from typing import Any

from parvis.demo.lives import Life
from parvis.demo.names import Gender
from parvis.demo.words.cities import ABROAD, FRANCE, HOME, REGION
from parvis.demo.words.domains import DOMAINS, Domain
from parvis.demo.words.employers import BY_DOMAIN, EMPLOYERS

from .grammar import at, of

HERE = "Université de Valorne"
WHERE = {
    "student": (78, 14, 6, 2),
    "alum": (22, 12, 46, 20),
    "staff": (62, 34, 4, 0),
    "partner": (58, 32, 10, 0),
}
"""Out of a hundred of each public: those of Valorne, of the towns around, of the rest of the country, and abroad."""

Home = tuple[str, str, str]
"""A city, its country and its time zone."""


class Speaker:
    """Somebody about to fill in a profile, with a home, and a trade and an employer to go by."""

    def __init__(self, draw: Random, life: Life, gender: Gender, year: int) -> None:
        self.draw = draw
        self.life = life
        self.year = year
        self.home = _home(draw, life)
        self.gender = gender
        self.trade = self.some_trade()
        self.employer = self.employer_at(self.city)

    @property
    def domain(self) -> Domain:
        return DOMAINS[self.life.domain]

    @property
    def city(self) -> str:
        return self.home[0]

    def chance(self, of: float) -> bool:
        return self.draw.random() < of

    def one(self, of: Any) -> Any:
        return self.draw.choice(of)

    def some_trade(self) -> str:
        """One that this domain leads to."""
        female, male = self.one(self.domain.trades)
        return str(female if self.gender == "female" else male)

    def employer_at(self, city: str) -> str:
        """A place to work there, for somebody of this domain."""
        kind = self.one([kind for name in BY_DOMAIN[self.life.domain] for kind in EMPLOYERS[name]])
        return str(kind).format(city=city, of_city=of(city), at_city=at(city))


def _home(draw: Random, life: Life) -> Home:
    place = draw.choices(("home", "region", "france", "abroad"), WHERE[life.part])[0]
    if place == "abroad":
        return draw.choice(ABROAD)
    cities = {"home": (HOME,), "region": REGION, "france": FRANCE}[place]
    return draw.choice(cities), "FR", "Europe/Paris"
