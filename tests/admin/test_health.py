"""How the service is, told to administrators: of all processes together, with what is wrong."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.admin.concerns import Concern, Kind, concerns
from parvis.admin.queries.health import Health, Stored, Work
from parvis.kernel import clock
from parvis.kernel.backup_history import Backup, note_backup
from parvis.kernel.clock import MovableClock
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import enqueue
from parvis.kernel.processes import FORGOTTEN, SILENT, Heart, Process
from parvis.kernel.recent import BOUNDS, quantile, together
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Someone, arrive
from tests.make.people import make_organisation

HEALTH = "/api/v1/service-health"
ON_SQLITE = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


async def administrator(parvis: Parvis, sign_in: SignIn) -> Someone:
    await make_organisation(parvis)
    return await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff", roles=["administrator"])


async def test_all_processes_are_told_of_together_with_what_waits_and_what_is_kept(
    parvis: Parvis, moved_clock: MovableClock, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    nadia = await administrator(parvis, sign_in)
    now = moved_clock.instant

    async def leave(session: AsyncSession) -> None:
        session.add(other(sockets=3, requests={"GET /api/v1/feed": [10.0, 1.0, *[10.0] * len(BOUNDS)]}))
        session.add(other(seen_at=now - SILENT - timedelta(seconds=1), sockets=7))
        session.add(other(seen_at=now - FORGOTTEN - timedelta(seconds=1)))
        await enqueue(session, "nobody.does", {}, run_at=now - timedelta(minutes=11))
        await enqueue(session, "nobody.does", {}, run_at=now + timedelta(days=1))
        await note_backup(session, now - timedelta(days=3), 1_000, is_sealed=False)
        await note_backup(session, now, 2_000, is_sealed=True)

    await parvis.database.write(leave)
    with counted_queries() as queries:
        found = (await nadia.browser.get(HEALTH)).json()
    assert len(queries) <= 12
    assert [(one["sockets"], one["silent"]) for one in found["processes"]] == [(0, False), (3, False), (7, True)]
    assert found["requests"]["failed"] == 1
    assert found["requests"]["requests"] >= 10
    assert next(one for one in found["requests"]["routes"] if one["route"] == "GET /api/v1/feed")["p95"] <= 0.005
    assert [(one["name"], one["due"]) for one in found["work"] if one["due"]] == [("nobody.does", 1)]
    assert found["stored"]["kind"] == parvis.database.dialect
    assert found["stored"]["size"] > 100_000
    assert (found["last_backup"]["size"], found["last_backup"]["sealed"], found["made_of"]) == (2_000, True, None)
    assert {one["kind"] for one in found["concerns"]} >= {"process_silent", "work_waiting"}
    assert len(found["listeners"]) > 5


@ON_SQLITE
async def test_a_process_tells_of_itself_and_takes_itself_away(parvis: Parvis) -> None:
    heart = Heart(parvis.settings, parvis.database, serves=False, works=True)
    await heart.stop()
    await heart.beat()
    await heart.beat()
    assert [(one.pid > 0, one.works, one.figures["disks"][0]["holds"]) for one in await rows(parvis)] == [
        (True, True, "data")
    ]
    await heart.stop()
    assert await rows(parvis) == []


@ON_SQLITE
async def test_only_administrators_are_told(parvis: Parvis, sign_in: SignIn) -> None:
    await administrator(parvis, sign_in)
    omar = await arrive(parvis, sign_in, "Omar Diallo", "staff", roles=["people_administrator"])
    assert (await omar.browser.get(HEALTH)).status_code == 403


def test_each_figure_that_is_wrong_is_a_concern_and_none_when_all_is_well() -> None:
    now = clock.now()
    fine = Health(
        processes=[other()],
        lags={"search": 0.0},
        quarantined={},
        work=[],
        stored=Stored("sqlite", "3", 1, 0, 0),
        backups={"taken": Backup(act="taken", at=now, as_of=now, size=1, is_sealed=True)},
    )
    assert concerns(fine) == []
    old = Backup(act="taken", at=now - timedelta(days=2), as_of=now, size=1, is_sealed=True)
    slow = [200.0, 10.0, *[0.0] * (len(BOUNDS) - 1), 200.0]
    wrong = [
        replace(fine, processes=[other(works=False)]),
        replace(fine, processes=[other(), other(seen_at=now - 2 * SILENT)]),
        replace(fine, processes=[other(), other(version="0.0.1")]),
        replace(fine, processes=[other(requests={"GET /x": slow})]),
        replace(fine, lags={"search": 61.0}),
        replace(fine, quarantined={"search": 1}),
        replace(fine, work=[Work("x", 1, now - timedelta(hours=1), 0, 1, now)]),
        replace(fine, work=[Work("mail.send", 0, None, 1, 1, now)]),
        replace(fine, processes=[other(disks=[{"holds": "data", "size": 10**12, "free": 10**9}])]),
        replace(fine, backups={}),
        replace(fine, backups={"taken": old}),
    ]
    told = [[concern.kind for concern in concerns(one)] for one in wrong]
    assert told == [
        ["no_worker"],
        ["process_silent"],
        ["versions_differ"],
        ["requests_failing", "requests_slow"],
        ["listener_behind"],
        ["facts_quarantined"],
        ["work_waiting", "work_given_up"],
        ["mail_put_off", "mail_given_up"],
        ["disk_low"],
        ["backup_missing"],
        ["backup_old"],
    ]
    assert concerns(wrong[4]) == [Concern("listener_behind", 61.0, "search")]


def test_how_long_most_took_is_worked_out_as_prometheus_does() -> None:
    fast, slow = [0.0] * len(BOUNDS), [0.0] * len(BOUNDS)
    fast[BOUNDS.index(0.1) :] = [90.0] * (len(BOUNDS) - BOUNDS.index(0.1))
    slow[BOUNDS.index(0.5) :] = [10.0] * (len(BOUNDS) - BOUNDS.index(0.5))
    both = together([{"GET /x": [90.0, 0.0, *fast]}, {"GET /x": [10.0, 0.0, *slow]}])["GET /x"]
    assert both[0] == 100
    assert quantile(both, 0.95) == pytest.approx(0.375)
    assert quantile([5.0, 0.0, *[0.0] * (len(BOUNDS) - 1), 5.0]) == 10.0
    assert quantile([0.0, 0.0, *[0.0] * len(BOUNDS)]) is None


def other(**more: Any) -> Process:
    figures: dict[str, Any] = {
        "seconds": 300.0,
        "requests": {},
        "sockets": 0,
        "memory": 10**8,
        "disks": [],
        "mails": {},
        "pushes": {},
        "jobs": {},
    }
    figures |= {name: more.pop(name) for name in list(more) if name in figures}
    known = {"host": "b", "pid": 7, "serves": True, "works": True, "version": "0.1.0"}
    now = clock.now()
    return Process(**{"id": new_id(), "started_at": now, "seen_at": now, **known, **more}, figures=figures)


async def rows(parvis: Parvis) -> list[Process]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(Process)))


def test_the_guide_says_what_to_do_about_each() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "running.md").read_text()
    table = guide.partition("### When a figure is wrong")[2].partition("\n## ")[0]
    named = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(\w+)`", named)) == set(get_args(Kind))
