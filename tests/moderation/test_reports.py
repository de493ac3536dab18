"""Reporting: who may, once, and who reads what was reported."""

from datetime import timedelta

import pytest

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.moderation import CASES, MY_DECISIONS, MY_REPORTS, cases, decide, listed, report, waiting
from tests.make.posts import comment, say, seen, told, url_of

CLOSE_BY = timedelta(minutes=1)


async def test_reports_on_one_thing_make_one_case_with_its_context(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, "Achetez mes **cours** !", kind="question", title="Qui veut ?")
    assert "report" in (await seen(claire, said))["abilities"]
    made = await report(claire, said, reason="spam", words="Encore une annonce.")
    assert made.status_code == 200, made.text
    [mine] = made.json()["items"]
    assert (mine["community"]["name"], mine["outcome"]) == ("Géographie et aménagement", None)
    again = await report(claire, said, reason="hate", words="Autre chose.")
    assert again.json() == made.json()
    assert (await report(omar, said, reason="charter")).status_code == 200

    [case] = await cases(nadia, place)
    assert (await waiting(nadia, place), case["reports"], case["abilities"]) == (1, 2, ["decide"])
    assert [(one["reason"], one["reports"]) for one in case["reasons"]] == [("spam", 1), ("charter", 1)]
    assert case["author"]["name"] == "Inès Benali"
    assert case["snapshots"][0]["title"] == "Qui veut ?"
    assert "<strong>cours</strong>" in case["snapshots"][0]["html"]
    first = case["first_reports"]
    assert [one["reporter"]["name"] for one in first] == ["Claire Vasseur", "Omar Diallo"]
    assert first[0]["words"] == "Encore une annonce."
    whole = await nadia.browser.get(f"{CASES}/{case['id']}")
    assert (whole.headers["etag"], whole.json()) == ('"1"', case)
    assert await listed(nadia, f"{CASES}/{case['id']}/reports") == first
    assert [fact.topic for fact in await told(parvis, "report.received")] == [f"member:{nadia.id}"] * 2
    assert [item["reason"] for item in await listed(claire, MY_REPORTS)] == ["spam"]


async def test_who_is_reported_and_who_does_not_moderate_know_nothing_of_it(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone, mehdi: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    assert (await report(claire, said)).status_code == 200
    [case] = await cases(nadia, place)
    elsewhere = await make_closed(omar, name="Ailleurs")
    assert await cases(omar, elsewhere) == []
    for someone in (ines, claire, omar, mehdi):
        for path in ("", "/reports"):
            assert (await someone.browser.get(f"{CASES}/{case['id']}{path}")).status_code == 404
        assert (await decide(someone, case)).status_code == 404
        assert (await someone.browser.get(f"{place.url}/cases")).status_code == 403
        assert await waiting(someone, place) == 0
        assert (await someone.browser.get(CASES)).status_code == (200 if someone is mehdi else 403)
        assert await waiting(someone) == 0
    assert await listed(ines, MY_DECISIONS) == []
    for fact in await told(parvis, "report.received", "report.sent", "report.decided", "member.moderated"):
        assert (fact.topic == f"member:{ines.id}") is False


async def test_one_reports_what_one_reads_of_others(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone
) -> None:
    secret = await make_closed(nadia, claire, name="Jury")
    hidden = await say(nadia, secret)
    answer = await comment(claire, hidden)
    said = await say(ines, place)
    mine = await comment(ines, said)
    gone = await say(claire, place)
    await claire.browser.delete(url_of(gone))
    for reporter, post, line, status in (
        (omar, hidden, None, 404),
        (omar, hidden, answer, 404),
        (ines, said, None, 403),
        (ines, said, mine, 403),
        (ines, gone, None, 404),
        (nadia, said, answer, 404),
        (omar, said, mine, 200),
    ):
        assert (await report(reporter, post, line)).status_code == status
    assert (await omar.browser.put(url_of(said, "report"), json={"reason": "ugly"})).status_code == 422
    assert "report" not in (await seen(ines, said))["abilities"]
    assert [case["kind"] for case in await cases(nadia, place)] == ["comment"]


async def test_what_was_said_is_kept_as_it_was_when_it_was_reported(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone, moved_clock: MovableClock
) -> None:
    said = await say(ines, place, "Première version.")
    await report(claire, said)
    moved_clock.advance(CLOSE_BY)
    await ines.browser.patch(url_of(said), json={"body": "Deuxième version."})
    [case] = await cases(nadia, place)
    assert (case["changed"], len(case["snapshots"]), case["state"]) == (True, 1, "standing")
    await report(omar, said)
    moved_clock.advance(CLOSE_BY)
    await ines.browser.delete(url_of(said))
    [case] = await cases(nadia, place)
    assert (case["changed"], case["state"], case["reports"]) == (False, "gone", 2)
    assert ["Deuxième" in case["snapshots"][0]["html"], "Première" in case["snapshots"][1]["html"]] == [True, True]


async def test_who_was_answered_reports_again_once_it_says_something_else(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone
) -> None:
    said = await say(ines, place, "Rien à voir.")
    await report(claire, said)
    [case] = await cases(nadia, place)
    assert (await decide(nadia, case, "keep")).status_code == 200
    [mine] = (await report(claire, said)).json()["items"]
    assert (mine["case_id"], mine["outcome"]) == (case["id"], "kept")
    assert await waiting(nadia, place) == 0
    await report(omar, said)
    assert await waiting(nadia, place) == 1
    await ines.browser.patch(url_of(said), json={"body": "Bien pire."})
    await report(claire, said)
    assert [one["reports"] for one in await cases(nadia, place)] == [2]


@pytest.mark.parametrize("reports", [1, 9])
async def test_cases_are_read_in_as_many_queries_however_many(
    place: Place,
    nadia: Someone,
    ines: Someone,
    parvis: Parvis,
    sign_in: SignIn,
    counted_queries: CountedQueries,
    reports: int,
) -> None:
    reporters = [await arrive(parvis, sign_in, f"Témoin {number}") for number in range(reports)]
    for _ in range(reports):
        said = await say(ines, place)
        for reporter in reporters:
            assert (await report(reporter, said)).status_code == 200
    with counted_queries() as queries:
        found = await cases(nadia, place)
    assert ({one["reports"] for one in found}, len(found[0]["first_reports"])) == ({reports}, min(reports, 5))
    assert len(queries) == 10
    reporter = reporters[0]
    with counted_queries() as queries:
        assert len(await listed(reporter, MY_REPORTS)) == reports
    assert len(queries) == 3
