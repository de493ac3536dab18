"""Whom a rule takes in: equal to brute force, whatever the people and the rule, and within strict limits."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.audiences import rules
from parvis.audiences.compiling import members, who
from parvis.audiences.counting import Question, people_of
from parvis.audiences.rules import Rule
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.index import reindex
from tests.make.audiences import Crowd, actor_of
from tests.make.communities import Someone, make_closed, make_community

PREVIEW = "/api/v1/audiences/preview"
STUDENTS = {"kind": "public", "publics": ["student"]}


@hypothesis_settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
async def test_a_rule_takes_in_whom_brute_force_does(
    parvis: Parvis, claire: Someone, moved_clock: MovableClock, seed: int
) -> None:
    draw, crowd = Random(seed), Crowd()
    people = crowd.add(draw, 40)
    await parvis.database.write(crowd.enter, people, first=True)
    actor = await actor_of(parvis, claire.member)
    await agree(parvis, crowd, actor, [crowd.rule(draw) for _ in range(10)])
    await parvis.database.write(crowd.change, draw, people[:15])
    await agree(parvis, crowd, actor, [crowd.rule(draw) for _ in range(4)])
    moved_clock.advance(timedelta(days=30))
    await parvis.database.write(reindex, [person.id for person in people])
    await agree(parvis, crowd, actor, [crowd.rule(draw) for _ in range(4)])


async def agree(parvis: Parvis, crowd: Crowd, actor: Actor, said: Sequence[Rule]) -> None:
    """Brute force, the statement, its pages and what is counted say the same of each rule."""
    ids = {person.id for person in crowd.people}
    async with parvis.database.reading() as session:
        for rule in said:
            # As a condition of another query, with its people alone: those of earlier examples are there too.
            found = await session.scalars(select(Member.id).where(Member.id.in_(ids), Member.id.in_(who(rule, actor))))
            assert set(found) == crowd.members(rule), rule
            everybody = set(await session.scalars(who(rule, actor)))
            pages: list[UUID] = []
            after: UUID | None = None
            while page := (await session.scalars(members(rule, actor, after=after, limit=23))).all():
                pages += page
                after = page[-1]
            assert sorted(everybody) == pages, rule
            question = Question.of(rule)
            counted = people_of((await session.execute(question.statement(actor))).all())
            taken = sum(
                number
                for (bits, _), number in counted.items()
                if all(clause.takes(bits) for clause in question.clauses)
            )
            assert taken == len(everybody), rule
            assert rules.read(rules.kept(rule)) == rule


REFUSED: list[tuple[object, str]] = [
    ({"all": [STUDENTS] * 13}, ""),
    ({"all": [STUDENTS] * 7, "none": [STUDENTS] * 6}, ""),
    ({"all": [{"kind": "city", "cities": ["Lyon"] * 21}]}, "all/0/city/cities"),
    ({"all": [{"kind": "year", "years": list(range(1990, 2006))}] * 2}, ""),
    ({"all": [{"kind": "skill", "skills": []}]}, "all/0/skill/skills"),
    ({"all": [{"kind": "city", "cities": ["L" * 121]}]}, "all/0/city/cities/0"),
    ({"all": [{"kind": "name", "names": ["Inès"]}]}, "all/0"),
    ({"all": [{"kind": "public", "publics": ["guest"]}]}, "all/0/public/publics/0"),
    ({"some": []}, "some"),
    ({"any": [{"kind": "unit", "ids": [str(uuid4())]}]}, "any/0/ids/0"),
    ({"none": [{"kind": "programme", "ids": [str(uuid4())]}]}, "none/0/ids/0"),
    ({"none": [{"kind": "cohort", "ids": [str(uuid4())]}]}, "none/0/ids/0"),
    ({"all": [{"kind": "affiliation", "kinds": ["student"], "held_on": 20261122}]}, ""),
    (
        {
            "all": [
                {
                    "kind": "affiliation",
                    "kinds": ["alum"],
                    "started_from": "2026-01-02",
                    "started_before": "2026-01-01",
                }
            ]
        },
        "",
    ),
]


async def test_what_a_rule_may_not_be_is_said_by_field(claire: Someone) -> None:
    assert (await claire.browser.post(PREVIEW, json={"all": [STUDENTS] * 12})).status_code == 200
    for rule, path in REFUSED:
        reply = await claire.browser.post(PREVIEW, json=rule)
        assert reply.status_code == 422, (rule, reply.text)
        assert any(field["path"].startswith(path) for field in reply.json()["fields"]), (rule, reply.text)


async def test_only_a_community_whose_members_one_lists_is_a_criterion(
    claire: Someone, nadia: Someone, ines: Someone
) -> None:
    opened = await make_community(ines)
    closed = await make_closed(ines, access="on_request")
    secret = await make_closed(ines, claire, access="secret")
    mine = await make_closed(ines, nadia, access="on_request", name="Réservée")
    answers = {}
    for name, place in {"open": opened, "closed": closed, "secret": secret, "mine": mine}.items():
        rule = {"any": [{"kind": "community", "ids": [place.id]}]}
        answers[name] = [(await one.browser.post(PREVIEW, json=rule)).json().get("fields") for one in (claire, nadia)]
    nothing = (await claire.browser.post(PREVIEW, json={"any": [{"kind": "community", "ids": [str(uuid4())]}]})).json()
    hidden = nothing["fields"]
    assert answers == {
        "open": [None, None],
        "closed": [hidden, hidden],
        "secret": [hidden, hidden],
        "mine": [hidden, None],
    }
    # What was open when it was named, and is secret now, takes in nobody.
    saved = await nadia.browser.post(
        "/api/v1/audiences", json={"name": "Ensemble", "rule": {"all": [{"kind": "community", "ids": [opened.id]}]}}
    )
    assert (await ines.browser.patch(opened.url, json={"access": "secret"})).status_code == 200
    found = (await nadia.browser.get(f"/api/v1/audiences/{saved.json()['id']}")).json()
    assert found["names"] == []
