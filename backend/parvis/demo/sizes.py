"""How large a demonstration is made."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """A faculty's evening, a small university, a large one."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Extent:
    """How many there are of what."""

    people: int
    components: int
    services: int
    companies: int
    communities: int


EXTENTS = {
    Size.SMALL: Extent(people=400, components=6, services=8, companies=12, communities=40),
    Size.MEDIUM: Extent(people=5_000, components=10, services=12, companies=60, communities=500),
    Size.LARGE: Extent(people=100_000, components=12, services=14, companies=180, communities=12_000),
}
