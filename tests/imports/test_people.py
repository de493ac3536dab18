"""What importing people changes in the ledger, and what it refuses."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Cohort, Member
from parvis.imports.models import Import
from parvis.imports.options import Confirmation, Options
from parvis.imports.service import imports
from parvis.imports.service.imports import ImportUnderWay, TooManyClosings
from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox
from tests.make.people import make_member, make_organisation

from .runs import UNITS, Row, begun, dry_run, file_of, findings, imported, ledger, line, people, refusals

COMPLETE = Options(complete=True)
ANYWAY = Confirmation(close_anyway=True)


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def test_a_dry_run_tells_and_writes_nothing(parvis: Parvis) -> None:
    of = await dry_run(parvis, file_of(line("anne@u.example"), line("marc@u.example", "Marc Le Goff")))

    assert (of.state, of.counts["created"], of.counts["refused"]) == ("ready", 2, 0)
    assert [found.name for found in await findings(parvis, of, "created")] == ["Anne Roux", "Marc Le Goff"]
    assert await people(parvis) == {}


async def test_applying_makes_people_with_their_places(parvis: Parvis) -> None:
    student = line(
        "lea@u.example", "Léa Dupont", mail="Lea.Dupont@univ.example", personal="{MONPERSO}lea@courriel.example",
        kind="student", programme="L3", cohort="2027",
    )  # fmt: skip
    async with audited_during(parvis) as entries:
        of = await imported(parvis, file_of(student, line("lea@u.example", "Léa Dupont", unit="UFR")), units=UNITS)

    assert (of.state, of.applied["created"], of.applied["opened"]) == ("done", 1, 2)
    assert await ledger(parvis) == [
        Row("lea@u.example", "staff", "UFR", "", 0, "", "2020-09-01", ""),
        Row("lea@u.example", "student", "DEP", "L3", 2027, "", "2020-09-01", ""),
    ]
    assert await people(parvis) == {
        "lea@u.example": ("Léa Dupont", [("lea.dupont@univ.example", False), ("lea@courriel.example", False)])
    }
    assert [entry.action for entry in entries] == ["import.begun", "import.confirmed", "import.applied"]
    assert entries[-1].detail["created"] == 1


async def test_importing_again_changes_nothing(parvis: Parvis) -> None:
    content = file_of(
        line("lea@u.example", kind="student", programme="L3", cohort="2027", mail="lea@univ.example"),
        line("lea@u.example", unit="UFR", title="Monitrice", starts_on="", mail="lea@univ.example"),
        line("paul@u.example", ends_on="2030-01-01"),
    )
    await imported(parvis, content, units=UNITS, options=COMPLETE)
    before = (await ledger(parvis), await people(parvis))

    of = await imported(parvis, content, units=UNITS, options=COMPLETE)

    assert {name: of.applied[name] for name in ("created", "changed", "opened", "closed")} == {
        "created": 0, "changed": 0, "opened": 0, "closed": 0,
    }  # fmt: skip
    assert of.applied["unchanged"] == 2
    assert (await ledger(parvis), await people(parvis)) == before


async def test_what_the_institution_says_anew_is_changed(parvis: Parvis) -> None:
    await imported(parvis, file_of(line("anne@u.example", title="Assistante", mail="anne@univ.example")))

    again = line("anne@u.example", "Anne Le Roux", title="Directrice", ends_on="2031-09-01", mail="roux@univ.example")
    of = await imported(parvis, file_of(again))

    assert (of.applied["changed"], of.applied["opened"]) == (1, 0)
    assert await ledger(parvis) == [Row("anne@u.example", "staff", "", "", 0, "Directrice", "2020-09-01", "2031-09-01")]
    assert await people(parvis) == {"anne@u.example": ("Anne Le Roux", [("roux@univ.example", False)])}
    [told] = await findings(parvis, of, "changed")
    assert [change["field"] for change in told.detail["changes"]] == ["name", "email", "title", "ends_on"]


async def test_the_name_and_addresses_that_a_member_chose_stay(parvis: Parvis) -> None:
    member = await make_member(parvis, "Ann Roux", "ann@elsewhere.example", identifier="anne@u.example")

    await imported(parvis, file_of(line("anne@u.example", "Anne Roux", mail="anne@univ.example")))
    await imported(parvis, file_of(line("anne@u.example", "Anne Roux-Martin", mail="anne@univ.example")))

    assert member.identifier is not None
    assert await people(parvis) == {
        member.identifier: ("Ann Roux", [("ann@elsewhere.example", True), ("anne@univ.example", False)])
    }


async def test_a_complete_file_closes_what_it_leaves_out_and_keeps_the_rest(parvis: Parvis) -> None:
    await imported(
        parvis,
        file_of(
            line("anne@u.example"),
            line("marc@u.example"),
            line("marc@u.example", kind="faculty"),
            line("alma@u.example", kind="alum"),
        ),
    )
    by_hand = await make_member(parvis, "Zoé Main", identifier="zoe@u.example", affiliation=None)
    await parvis.database.write(_add_affiliation, by_hand, source="administrator")

    of = await imported(parvis, file_of(line("marc@u.example")), options=COMPLETE, agreed=ANYWAY)

    today = str(clock.now().date())
    assert of.applied["closed"] == 2
    assert [(row.identifier, row.kind, row.ends_on) for row in await ledger(parvis)] == [
        ("alma@u.example", "alum", ""),
        ("anne@u.example", "staff", today),
        ("marc@u.example", "faculty", today),
        ("marc@u.example", "staff", ""),
    ]
    async with parvis.database.reading() as session:
        by_administrators = select(Affiliation.ends_on).where(Affiliation.source == "administrator")
        assert (await session.scalars(by_administrators)).all() == [None]


async def test_who_comes_back_goes_on(parvis: Parvis) -> None:
    await imported(parvis, file_of(line("anne@u.example")))
    await imported(parvis, file_of(line("marc@u.example")), options=COMPLETE, agreed=ANYWAY)

    await imported(parvis, file_of(line("anne@u.example")))

    assert [row.ends_on for row in await ledger(parvis)] == ["", ""]


async def test_a_file_without_the_column_of_ends_ends_nothing_and_reopens(parvis: Parvis) -> None:
    await imported(parvis, file_of(line("anne@u.example", ends_on="2090-01-01"), line("marc@u.example")))
    bare = "eduPersonPrincipalName,displayName,eduPersonAffiliation,startsOn"

    of = await imported(parvis, file_of("anne@u.example,Anne Roux,staff,2020-09-01", header=bare))

    assert of.applied["changed"] == 0
    assert (await ledger(parvis))[0].ends_on == "2090-01-01"


async def test_what_a_graduation_ended_stays_ended(parvis: Parvis) -> None:
    content = file_of(line("lea@u.example", kind="student", programme="L3", cohort="2024"))
    await imported(parvis, content, units=UNITS)
    await parvis.database.write(_graduate)

    of = await imported(parvis, content, units=UNITS)

    assert of.applied["changed"] == 0
    assert (await ledger(parvis))[0].ends_on == "2024-07-01"


async def test_a_file_that_would_close_too_much_is_stopped_until_it_is_said_expressly(parvis: Parvis) -> None:
    await imported(parvis, file_of(*[line(f"{number}@u.example") for number in range(10)]))
    seven = file_of(*[line(f"{number}@u.example") for number in range(7)])

    with pytest.raises(TooManyClosings) as stopped:
        await imported(parvis, seven, options=COMPLETE)

    assert stopped.value.extra == {"closed": 3, "closable": 10, "lost": 0}
    assert all(row.ends_on == "" for row in await ledger(parvis))
    await parvis.database.write(_cancel_all)
    assert (await imported(parvis, seven, options=Options(complete=True, most_closed_percent=30))).applied[
        "closed"
    ] == 3


async def test_a_line_that_cannot_be_read_closes_nothing_of_its_person(parvis: Parvis) -> None:
    everybody = [line("anne@u.example", "Anne Roux"), *[line(f"{number}@u.example") for number in range(9)]]
    await imported(parvis, file_of(*everybody))
    spoilt = file_of(*everybody[1:]) + "anne@u.example,Anne Rouxé,,,staff,,,,,2020-09-01,\n".encode("latin-1")

    of = await imported(parvis, spoilt, options=COMPLETE)

    assert (of.applied["closed"], of.counts["refused"], of.counts["lost"]) == (0, 1, 0)


async def test_a_line_of_whom_nobody_knows_stops_the_closing(parvis: Parvis) -> None:
    await imported(parvis, file_of(*[line(f"{number}@u.example") for number in range(10)]))
    nine = file_of(*[line(f"{number}@u.example") for number in range(9)]) + b"\xff\xfe,\n"

    with pytest.raises(TooManyClosings) as stopped:
        await imported(parvis, nine, options=COMPLETE)

    assert stopped.value.extra == {"closed": 1, "closable": 10, "lost": 1}


REFUSED = [
    (line(""), "missing", "eduPersonPrincipalName"),
    (line("a@u.example", ""), "missing", "displayName"),
    (line("a@u.example", kind="wizard"), "unknown_affiliation", "eduPersonAffiliation"),
    (line("a@u.example", starts_on="2026-02-30"), "bad_date", "startsOn"),
    (line("a@u.example", starts_on="31/12/26"), "bad_date", "startsOn"),
    (line("a@u.example", ends_on="2020-09-01"), "ends_before_start", "endsOn"),
    (line("a@u.example", starts_on="", ends_on="2030-01-01"), "start_needed", "endsOn"),
    (line("a@u.example", mail="nobody at home"), "bad_address", "mail"),
    (line("a@u.example", cohort="2027"), "programme_needed", "cohortYear"),
    (line("a@u.example", programme="L3", cohort="MMXXVII"), "bad_year", "cohortYear"),
    (line("a@u.example", unit="NOWHERE"), "unknown_unit", "supannEntiteAffectation"),
    (line("a@u.example", programme="NOTHING"), "unknown_programme", "supannEtuEtape"),
    (line("a@u.example", "A" * 121), "too_long", "displayName"),
    (line("a@u.example", "Anne \u202eRoux"), "control", "displayName"),
    ("a@u.example,too,few", "columns", None),
    ('a@u.example,"Anne,,,staff,,,,,,', "quotes", None),
    ("a@u.example,Anne\0,,,staff,,,,,,", "nul", None),
    (line("a@u.example", "A" * 20_000), "too_long", None),
]


@pytest.mark.parametrize("spoilt, code, column", REFUSED)
async def test_a_spoilt_line_is_refused_alone_with_its_reason(
    parvis: Parvis, spoilt: str, code: str, column: str | None
) -> None:
    content = file_of(line("first@u.example"), spoilt, line("last@u.example"))

    of = await imported(parvis, content, units=UNITS)

    assert await refusals(parvis, of) == [(3, code, column)]
    assert set(await people(parvis)) == {"first@u.example", "last@u.example"}


async def test_lines_that_contradict_one_another_are_refused(parvis: Parvis) -> None:
    content = file_of(
        line("anne@u.example", "Anne Roux", mail="anne@univ.example"),
        line("anne@u.example", "Anna Roux", kind="faculty"),
        line("anne@u.example", "Anne Roux", ends_on="2030-01-01"),
        line("anne@u.example", "Anne Roux"),
        line("marc@u.example", "Marc Roux", mail="anne@univ.example"),
    )

    of = await imported(parvis, content)

    assert await refusals(parvis, of) == [
        (3, "contradiction", "displayName"),
        (4, "contradiction", "endsOn"),
        (6, "address_twice", "mail"),
    ]
    assert [row.identifier for row in await ledger(parvis)] == ["anne@u.example"]


async def test_the_same_person_has_fifty_lines_at_most(parvis: Parvis) -> None:
    of = await imported(parvis, file_of(*[line("anne@u.example", title=f"Poste {number}") for number in range(51)]))

    assert await refusals(parvis, of) == [(52, "too_many", "eduPersonPrincipalName")]
    assert len(await ledger(parvis)) == 50


async def test_an_address_of_somebody_with_another_identifier_is_not_given_away(parvis: Parvis) -> None:
    await make_member(parvis, "Paul Autre", "paul@univ.example", identifier="paul@u.example")

    of = await imported(parvis, file_of(line("anne@u.example", mail="paul@univ.example")))

    assert [code for _, code, _ in await refusals(parvis, of)] == ["address_of_another"]
    assert "anne@u.example" not in await people(parvis)


async def test_accounts_without_identifier_are_told_as_pairs_and_not_joined(parvis: Parvis) -> None:
    by_address = await make_member(parvis, "A. Roux", "anne@univ.example")
    by_name = await make_member(parvis, "ANNE ROUX", "anne@elsewhere.example")

    of = await imported(parvis, file_of(line("anne@u.example", "Anne Roux", mail="anne@univ.example")))

    pairs = await findings(parvis, of, "pair")
    assert {(pair.code, pair.member_id) for pair in pairs} == {
        ("same_address", by_address.id),
        ("same_name", by_name.id),
    }
    assert await people(parvis) == {"anne@u.example": ("Anne Roux", [("anne@univ.example", False)])}
    async with parvis.database.reading() as session:
        assert await session.scalar(select(Member.identifier).where(Member.id == by_address.id)) is None


async def test_who_deleted_the_account_is_not_brought_back(parvis: Parvis) -> None:
    gone = await make_member(parvis, "Anne Roux", identifier="anne@u.example")
    await parvis.database.write(_erase, gone)

    of = await imported(parvis, file_of(line("anne@u.example")))

    assert [code for _, code, _ in await refusals(parvis, of)] == ["erased"]


async def test_activation_mails_go_to_who_is_new_and_only_when_asked(parvis: Parvis, mailbox: Mailbox) -> None:
    first = file_of(line("anne@u.example", mail="anne@univ.example"))
    of = await imported(parvis, first)
    await run_jobs(parvis)
    assert (of.counts["reachable"], mailbox.messages_to("anne@univ.example")) == (1, [])

    both = file_of(line("anne@u.example", mail="anne@univ.example"), line("marc@u.example", mail="marc@univ.example"))
    await imported(parvis, both, agreed=Confirmation(send_activations=True))
    await run_jobs(parvis)

    assert mailbox.messages_to("anne@univ.example") == []
    assert len(mailbox.messages_to("marc@univ.example")) == 1


async def test_one_import_is_under_way_at_a_time_and_a_dead_one_gives_way(
    moved_clock: clock.MovableClock, parvis: Parvis
) -> None:
    content = file_of(line("anne@u.example"))
    await begun(parvis, content)
    with pytest.raises(ImportUnderWay):
        await begun(parvis, content)

    moved_clock.advance(imports.SILENT)

    assert (await imported(parvis, content)).state == "done"


async def test_what_was_read_is_forgotten_and_later_the_report(moved_clock: clock.MovableClock, parvis: Parvis) -> None:
    of = await imported(parvis, file_of(line("anne@u.example")), units=UNITS)
    await run_jobs(parvis)
    assert await _left(parvis) == {"import_lines": 0, "import_places": 0, "files": 0, "import_findings": 1}

    moved_clock.advance(imports.KEPT_REPORT + timedelta(minutes=1))
    await run_jobs(parvis)

    assert (await _left(parvis))["import_findings"] == 0
    assert of.state == "done"


async def _left(parvis: Parvis) -> dict[str, int | None]:
    tables = ("import_lines", "import_places", "files", "import_findings")
    async with parvis.database.reading() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) for name in tables
        }


async def _add_affiliation(session: AsyncSession, member: Member, source: str) -> None:
    since = clock.now().date() - timedelta(days=30)
    session.add(Affiliation(member_id=member.id, kind="staff", source=source, starts_on=since))


async def _graduate(session: AsyncSession) -> None:
    await session.execute(update(Cohort).values(graduated_at=clock.now()))
    await session.execute(update(Affiliation).values(ends_on=date(2024, 7, 1)))


async def _erase(session: AsyncSession, member: Member) -> None:
    await session.execute(update(Member).where(Member.id == member.id).values(deleted_at=clock.now()))


async def _cancel_all(session: AsyncSession) -> None:
    for of in await session.scalars(select(Import).where(Import.is_under_way.is_(True))):
        await imports.end(session, of, "cancelled")
