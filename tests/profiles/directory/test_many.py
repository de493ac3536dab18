"""Among few people lists are sorted and among many they are walked: the same are found, in the same order, and they are
those whom the reader may find."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory import facets, filters
from tests.conftest import CountedQueries, SignIn, database_of_today
from tests.make.directory import befriend, block, bring_together, list_everybody, say
from tests.make.people import make_member, make_organisation

LIST, FACETS = "/api/v1/directory", "/api/v1/directory/facets"
KINDS = {"student": "student", "alum": "alum", "staff": "staff"}
GIVEN, WORDS, SKILLS = ("Ada", "Rivière", "Zoé"), ("rivière", "urbaniste", "droit"), ("python", "danse", "sig")
LEVELS = ("organisation", "publics", "communities", "contacts", "me")


@dataclass
class Person:
    """Somebody, as an oracle sees him: a value stands beside the level at which it is shown."""

    member: Member
    public: str
    headline: tuple[str, str]
    skills: tuple[Sequence[str], str]
    affiliations: str = "organisation"
    """At what level the public is shown."""
    is_contact: bool = False
    is_met: bool = False
    is_hidden: bool = False

    def shows(self, level: str, reader: "Person") -> bool:
        if self is reader or self.is_contact:
            return level != "me"
        if self.is_met and level in ("publics", "communities"):
            return True
        return level == "organisation" or (level == "publics" and self.public == reader.public)

    def has(self, word: str, reader: "Person") -> bool:
        text, level = self.headline
        skills, skills_level = self.skills
        shown = [text] if self.shows(level, reader) else []
        shown += skills if self.shows(skills_level, reader) else []
        return self.is_named(word) or any(word in sort_name(item).split() for item in shown)

    def is_named(self, word: str) -> bool:
        return word in self.member.sort_name.split()

    def skills_for(self, reader: "Person") -> Sequence[str]:
        skills, level = self.skills
        return skills if self.shows(level, reader) else []

    def is_of(self, public: str, reader: "Person") -> bool:
        return self.public == public and self.shows(self.affiliations, reader)


@dataclass
class Crowd:
    """Everybody, and one of them who looks."""

    people: list[Person] = field(default_factory=list)

    @property
    def reader(self) -> Person:
        return self.people[0]

    def found(self, wanted: Callable[[Person], bool]) -> list[Person]:
        return [person for person in self.people if not person.is_hidden and wanted(person)]


async def make_crowd(parvis: Parvis, draw: Random) -> Crowd:
    await make_organisation(parvis)
    crowd = Crowd()
    for number in range(24):
        public = draw.choice(list(KINDS))
        name = f"{draw.choice(GIVEN)} {chr(97 + number) * 3}"
        member = await make_member(parvis, name, affiliation=KINDS[public])
        headline = (draw.choice(WORDS), draw.choice(LEVELS))
        skills = (sorted(draw.sample(SKILLS, draw.randint(1, 3))), draw.choice(LEVELS))
        await say(parvis, member, "headline", *headline)
        await say(parvis, member, "skills", *skills)
        affiliations = draw.choice(LEVELS)
        await say(parvis, member, "affiliations", None, affiliations)
        crowd.people.append(Person(member, public, headline, skills, affiliations))
    for person in crowd.people[1:5]:
        person.is_contact = True
        await befriend(parvis, person.member, crowd.reader.member)
    for people in (crowd.people[3:9], crowd.people[8:14]):
        await bring_together(parvis, crowd.reader.member, *(person.member for person in people))
        for person in people:
            person.is_met = True
    for person in crowd.people[5:7]:
        person.is_hidden = True
        await block(parvis, person.member, crowd.reader.member)
    await list_everybody(parvis)
    return crowd


@pytest.fixture(params=["few", "many"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is few, or nobody is; and counted texts are cut into small pieces."""
    for name in ("FEW", "FEW_OF_SEVERAL", "FEW_ENTRIES", "FEW_MET"):
        monkeypatch.setattr(filters, name, 1_000 if request.param == "few" else 0)
    monkeypatch.setattr(facets, "PIECE", 3)


async def all_pages(browser: httpx.AsyncClient, **asked: Any) -> list[str]:
    """Names, page after page of five."""
    names: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        reply = await browser.get(LIST, params={**asked, "limit": 5, **cursor})
        assert reply.status_code == 200, reply.text
        names += [item["name"] for item in reply.json()["items"]]
        if reply.json()["next"] is None:
            return names
        cursor = {"cursor": reply.json()["next"]}


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.usefixtures("size")
async def test_those_are_found_who_show_it_and_no_others(parvis: Parvis, sign_in: SignIn, seed: int) -> None:
    crowd = await make_crowd(parvis, Random(seed))
    reader = crowd.reader
    browser = await sign_in(reader.member)
    for word in (None, "riviere", "python"):
        for skill, public in ((None, None), ("danse", None), (None, "student")):
            wishes = (("q", word), ("skill", skill), ("public", public))
            asked = {key: value for key, value in wishes if value}

            def is_worded(person: Person, word: str | None = word, public: str | None = public) -> bool:
                has_word = word is None or person.has(word, reader)
                return has_word and (public is None or person.is_of(public, reader))

            def is_wanted(person: Person, skill: str | None = skill) -> bool:
                return is_worded(person) and (skill is None or skill in person.skills_for(reader))

            found = sorted(crowd.found(is_wanted), key=lambda person: person.member.sort_name)
            named = [person for person in found if word is not None and person.is_named(word)]
            others = [person for person in found if person not in named]
            assert await all_pages(browser, **asked) == [person.member.name for person in [*named, *others]], asked
            assert await all_pages(browser, **asked, sort="name") == [person.member.name for person in found], asked
            newest = sorted(found, key=crowd.people.index, reverse=True)
            assert await all_pages(browser, **asked, sort="recent") == [person.member.name for person in newest], asked

            reply = (await browser.get(FACETS, params=asked)).json()
            assert reply["people"] == len(found), asked
            told = {
                facet["name"]: {item["key"]: item["people"] for item in facet["values"]} for facet in reply["facets"]
            }
            skills = Counter(item for person in crowd.found(is_worded) for item in person.skills_for(reader))
            assert told["skill"] == ({skill: 0} if skill else {}) | skills, asked
            if public is None:
                shown = Counter(kind for person in found for kind in KINDS if person.is_of(kind, reader))
                assert told["public"] == shown, asked


@pytest.mark.usefixtures("size")
async def test_it_takes_as_many_queries(parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries) -> None:
    crowd = await make_crowd(parvis, Random(4))
    browser = await sign_in(crowd.reader.member)
    asked = {"q": "riviere", "skill": "danse", "public": "student"}
    await browser.get(LIST, params=asked)
    for path, most in ((LIST, 5), (FACETS, 5), (f"{FACETS}/skill", 4), (f"{FACETS}/unit", 5)):
        with counted_queries() as queries:
            await browser.get(path, params=asked)
        assert len(queries) == most, path
