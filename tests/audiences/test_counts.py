"""What is told of how many people an audience has: nothing that singles anybody out, and nothing to who does not
announce."""

from collections import Counter
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from parvis.audiences.counting import FEW, GROUP, Clause, settle, told
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.communities import Someone
from tests.make.directory import list_everybody, say
from tests.make.people import affiliate, make_member, make_programme

PREVIEW = "/api/v1/audiences/preview"
STUDENTS, STAFF = ({"kind": "public", "publics": [public]} for public in ("student", "staff"))


async def count(someone: Someone, rule: dict[str, Any]) -> dict[str, Any]:
    reply = await someone.browser.post(PREVIEW, json=rule)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def test_who_announces_counts_and_few_are_not_told(
    parvis: Parvis, claire: Someone, ines: Someone, counted_queries: CountedQueries
) -> None:
    for number in range(24):
        await make_member(parvis, f"Étudiante {number}")
    for number in range(6):
        await make_member(parvis, f"Alumni {number}", affiliation="alum")
    await make_member(parvis, "Un invité", affiliation=None)
    await list_everybody(parvis)
    everybody = await count(claire, {})
    assert (everybody["people"], everybody["about"]) == (32, False)  # 25 students, 6 alumni and Claire, no guest.
    assert [(one["public"], one["people"]) for one in everybody["publics"]] == [
        ("staff", None),
        ("student", 25),
        ("partner", None),
        ("alum", None),
    ]
    with counted_queries() as queries:
        alumni = await count(claire, {"all": [{"kind": "public", "publics": ["alum"]}]})
    assert len(queries) == 1
    assert (alumni["people"], {one["people"] for one in alumni["publics"]}) == (6, {None})
    assert await count(claire, {"all": [STAFF]}) == {
        **alumni,
        "people": None,
        "fewer_than": FEW,
    }
    refused = await ines.browser.post(PREVIEW, json={"all": [STUDENTS]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_no_subtraction_tells_whether_one_person_is_among_others(
    parvis: Parvis, claire: Someone, ines: Someone
) -> None:
    """Inès alone lives in Nice and draws maps: that all may see. Whether she follows the programme, she shows to
    nobody. Every pair of rules that differs by her alone must be answered by the same number."""
    programme = await make_programme(parvis, "Licence 3 Géographie")
    for number in range(12):
        member = await make_member(parvis, f"Étudiant {number}")
        await affiliate(parvis, member, "student", programme_id=programme.id)
        await say(parvis, member, "place", {"city": "Lyon", "country": "FR"})
    for number in range(9):
        await say(parvis, await make_member(parvis, f"Autre {number}"), "skills", ["Cartographie"])
    for number in range(10):
        await make_member(parvis, f"Encore {number}", affiliation="staff")
    await say(parvis, ines.member, "place", {"city": "Nice", "country": "FR"})
    await say(parvis, ines.member, "skills", ["Cartographie"])
    await list_everybody(parvis)
    follows = {"kind": "programme", "ids": [str(programme.id)]}
    nice, maps = {"kind": "city", "cities": ["Nice"]}, {"kind": "skill", "skills": ["Cartographie"]}
    lyon_nice, lyon = ({"kind": "city", "cities": cities} for cities in (["Lyon", "Nice"], ["Lyon"]))
    attempts: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"all": [follows]}, {"all": [follows], "none": [nice]}),
        ({"all": [follows]}, {"any": [follows, nice]}),
        ({"all": [lyon_nice, follows]}, {"all": [lyon, follows]}),
        ({"all": [maps]}, {"all": [maps], "none": [follows]}),
        ({"all": [maps]}, {"all": [maps], "none": [nice]}),
        ({"all": [STUDENTS]}, {"all": [STUDENTS], "none": [nice]}),
        ({"any": [follows, maps]}, {"any": [follows, maps, nice]}),
        ({"all": [follows]}, {"all": [{**follows, "public": "student"}]}),
        ({"all": [follows], "none": [maps]}, {"all": [follows], "none": [maps, nice]}),
        ({"all": [nice, maps]}, {"all": [nice, maps, follows]}),
        ({"all": [nice, maps]}, {"all": [nice, maps], "none": [follows]}),
    ]
    seen = []
    for enrolled in (False, True):
        if enrolled:
            await affiliate(parvis, ines.member, "student", programme_id=programme.id)
            await list_everybody(parvis)
        seen.append([[(await count(claire, rule))["people"] for rule in pair] for pair in attempts])
    before, after = seen
    for (one, other), then, now in zip(attempts, before, after, strict=True):
        assert then[0] == then[1] or None in then, (one, other, then)
        assert now[0] == now[1] or None in now, (one, other, now)
        # Nor do the two differ otherwise than by what the plain count of the programme says.
        assert [now[0] is None, now[1] is None] == [then[0] is None, then[1] is None]


def crowds() -> st.SearchStrategy[tuple[list[Clause], dict[tuple[int, int], int]]]:
    """Up to five values in clauses of one or two, and how many people have which of them."""
    numbers = st.sampled_from((0, 0, 1, 2, 4, 5, 7, 19, 30))
    people = st.lists(numbers, min_size=32, max_size=32).map(
        lambda many: {(bits, 2): number for bits, number in enumerate(many)}
    )
    masks = st.sampled_from(((1, 2, 4), (1, 6), (3, 4, 8), (3, 12, 16), (1, 2), (31,)))
    signs = st.lists(st.booleans(), min_size=3, max_size=3)
    clauses = st.builds(
        lambda masks, signs: [Clause(wanted, mask) for mask, wanted in zip(masks, signs, strict=False)], masks, signs
    )
    return st.tuples(clauses, people)


@hypothesis_settings(max_examples=50, deadline=None)
@given(crowds())
def test_a_number_is_that_of_criteria_each_of_which_makes_a_difference_that_may_be_told(
    drawn: tuple[list[Clause], dict[tuple[int, int], int]],
) -> None:
    clauses, people = drawn

    def number(of: list[Clause]) -> int:
        return sum(many for (bits, _), many in people.items() if all(clause.takes(bits) for clause in of))

    kept, about = settle(clauses, people)
    for place, clause in enumerate(kept):
        for other in clause.relaxed():
            weaker = [*kept[:place], *([other] if other else []), *kept[place + 1 :]]
            assert abs(number(weaker) - number(kept)) >= FEW
    assert about == (kept != clauses)
    shown = told(clauses, people).people
    assert shown == (number(kept) if number(kept) >= FEW else None)
    # What is told of one criterion more is the same, or differs by as many as may be told.
    if not about:
        for mask, wanted in ((1, True), (2, False), (16, True), (5, False)):
            more = told([*clauses, Clause(wanted, mask)], people).people
            real = number([*clauses, Clause(wanted, mask)])
            if more is not None and shown is not None and number(clauses) - real < FEW:
                assert more == shown or abs(more - shown) >= FEW or _is_of_a_part(more, clauses, mask, wanted, people)


def _is_of_a_part(
    more: int, clauses: list[Clause], mask: int, wanted: bool, people: dict[tuple[int, int], int]
) -> bool:
    """Whether it is the number of some of the criteria, which whoever asks may ask for by itself."""
    every = [*clauses, Clause(wanted, mask)]
    parts = [list(part) for length in range(len(every)) for part in combinations(every, length)]
    numbers = Counter(told(part, people).people for part in parts)
    return more in numbers


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from((0, 1, 19, 20, 21, 300)), min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_groups_under_twenty_are_not_told_nor_follow_from_the_others(sizes: list[int], draw: Random) -> None:
    publics = [2, 4, 8, 16]
    draw.shuffle(publics)
    counted = told([], dict(zip([(0, public) for public in publics], sizes, strict=True)))
    hidden = [public for public, people in counted.publics.items() if people is None]
    assert all(people is None or people >= GROUP for people in counted.publics.values())
    assert len(hidden) != 1
