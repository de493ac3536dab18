"""What falls to the organisation's moderators, and that nobody decides on himself."""

from datetime import timedelta

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.communities import Place, Someone, make_closed
from tests.make.moderation import CASES, MY_REPORTS, cases, decide, listed, report, waiting
from tests.make.posts import say, told, wall


async def test_what_a_community_leaves_for_a_week_falls_to_the_organisation(
    nadia: Someone, ines: Someone, claire: Someone, mehdi: Someone, parvis: Parvis, moved_clock: MovableClock
) -> None:
    secret = await make_closed(nadia, ines, claire, name="Jury")
    await report(claire, await say(ines, secret, "Fuite."))
    moved_clock.advance(timedelta(days=6, hours=23))
    assert (await cases(mehdi), await waiting(mehdi)) == ([], 0)
    moved_clock.advance(timedelta(hours=2))
    [case] = await cases(mehdi)  # By the clock: no job has run.
    assert (case["community"]["name"], case["author"]["name"], await waiting(mehdi)) == ("Jury", "Inès Benali", 1)
    assert (await mehdi.browser.get(secret.url)).status_code == 404
    await run_jobs(parvis)
    assert [fact.topic for fact in await told(parvis, "report.received")] == [
        f"member:{nadia.id}",
        f"member:{mehdi.id}",
    ]
    assert [one["id"] for one in await cases(nadia, secret)] == [case["id"]]
    decided = await decide(mehdi, case, "hide", "warn")
    assert (decided.status_code, decided.json()["decision"]["decided_as"]) == (200, "organisation")
    assert (await wall(claire, secret), await wall(ines, secret)) == ([], ["Fuite."])
    assert [one["id"] for one in await cases(mehdi, state="decided")] == [case["id"]]
    assert [one["decision"]["by"]["name"] for one in await cases(nadia, secret, "decided")] == ["Mehdi Roussel"]


async def test_nobody_decides_on_himself_or_on_who_runs_the_same_community(
    place: Place, nadia: Someone, claire: Someone, ines: Someone, mehdi: Someone, parvis: Parvis
) -> None:
    await place.give_role(nadia, claire, "moderator")
    await report(ines, await say(nadia, place, "Dehors !"), reason="harassment")
    for someone in (nadia, claire):
        assert (await cases(someone, place), await waiting(someone, place)) == ([], 0)
    [case] = await cases(mehdi)
    for someone in (nadia, claire):
        assert (await someone.browser.get(f"{CASES}/{case['id']}")).status_code == 404
        assert (await decide(someone, case, "keep")).status_code == 404
    assert [fact.topic for fact in await told(parvis, "report.received")] == [f"member:{mehdi.id}"]

    assert (await place.join(mehdi)).status_code == 200
    await report(ines, await say(mehdi, place, "Je modère."))
    assert [one["author"]["name"] for one in await cases(mehdi)] == ["Nadia Cherkaoui"]
    assert [one["author"]["name"] for one in await cases(nadia, place)] == ["Mehdi Roussel"]

    decided = await decide(mehdi, case, "remove", "exclude")
    assert decided.status_code == 200, decided.text
    assert [one["outcome"] for one in await listed(ines, MY_REPORTS)] == [None, "removed"]
    assert (await place.seen_by(claire))["role"] == "owner"
    assert (await nadia.browser.get(place.url)).status_code == 404
