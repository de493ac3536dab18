"""Those who work at the university, or did."""

from dataclasses import replace

from parvis.demo.people import Held
from parvis.demo.words.posts import ANYWHERE, BY_SERVICE, FOR_A_YEAR, HOURLY, IN_CHARGE, TEACHERS

from .alumni import alum
from .life import Known, Life, september

EARLIEST = 1988
STUDIED_HERE = 0.14
MOVED = 0.22
"""How many of the staff graduated here, and how many have changed service."""


def staff(known: Known) -> Life:
    """Somebody who teaches or serves; some graduated here before."""
    life = _employed(known, known.year)
    if life.since > EARLIEST + 8 and known.chance(STUDIED_HERE):
        taught = None if life.domain == "administration" else life.domain
        studied = alum(known, until=life.since - 1, domain=taught)
        return replace(life, held=[*studied.held, *life.held], born=studied.born)
    return life


def left_the_staff(known: Known) -> Life:
    """Somebody who worked here, and does no more."""
    until = known.year - known.draw.randint(0, 2)
    life = _employed(known, until - 1)
    ended = [
        item if item.ends_on and item.ends_on.year < until else replace(item, ends_on=september(until))
        for item in life.held
        if item.starts_on.year < until
    ]
    return replace(life, held=ended)


def _employed(known: Known, latest: int) -> Life:
    since = min(int(known.draw.triangular(EARLIEST, latest + 1, latest - 5)), latest)
    lead = known.draw.choices((_teacher, _servant, _hourly), (46, 46, 8))[0]
    return lead(known, since)


def _teacher(known: Known, since: int) -> Life:
    component = known.draw.choice(known.campus.components)
    department = known.draw.choice(component.departments)
    domain = known.draw.choice(department.subjects).domain
    if since == known.year and known.chance(0.4):
        post = known.said(known.draw.choice(FOR_A_YEAR))
        guest = Held("faculty", department.name, september(since), september(since + 1), title=post)
        return _life(known, [guest], domain, department.name, post)
    post = known.said(known.draw.choice(TEACHERS))
    held = [Held("faculty", department.name, september(since), title=post)]
    if component.laboratories and known.chance(0.45):
        held.append(Held("member", known.draw.choice(component.laboratories), september(since)))
    if known.chance(0.1):
        begins = known.draw.randint(since, known.year)
        held.append(Held("faculty", component.name, september(begins), title=known.draw.choice(IN_CHARGE)))
    return _life(known, held, domain, department.name, post)


def _servant(known: Known, since: int) -> Life:
    service = known.draw.choice(list(known.campus.services))
    held = []
    if since < known.year - 3 and known.chance(MOVED):
        first = known.draw.choice([name for name in known.campus.services if name != service])
        moved = known.draw.randint(since + 1, known.year)
        held.append(_in_service(known, first, since, moved))
        since = moved
    held.append(_in_service(known, service, since, None))
    return _life(known, held, "administration", service, held[-1].title)


def _in_service(known: Known, service: str, since: int, until: int | None) -> Held:
    parts = known.campus.services[service]
    place = known.draw.choice(parts) if parts and known.chance(0.5) else service
    own = BY_SERVICE.get(service, ANYWHERE)
    post = known.said(known.draw.choice(own if known.chance(0.75) else ANYWHERE))
    return Held("staff", place, september(since), september(until) if until else None, title=post)


def _hourly(known: Known, since: int) -> Life:
    component = known.draw.choice(known.campus.components)
    department = known.draw.choice(component.departments)
    post = known.said(known.draw.choice(HOURLY))
    held = [Held("employee", department.name, september(since), title=post)]
    return _life(known, held, department.subjects[0].domain, department.name, post)


def _life(known: Known, held: list[Held], domain: str, circle: str, post: str | None) -> Life:
    since = held[0].starts_on.year
    return Life("staff", held, since - known.draw.randint(24, 40), domain, circle, since, post=post)
