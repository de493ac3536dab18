"""Files as institutions really send them: other encodings, signs at the start, line ends, and hostile ones."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import event

from parvis.imports.models import Import
from parvis.imports.options import Confirmation, Options
from parvis.imports.running import read
from parvis.kernel.runtime import Parvis
from tests.make.people import make_organisation

from .runs import HEADER, UNITS, begun, dry_run, file_of, imported, ledger, line, people, refusals

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"


async def test_the_example_that_is_shipped_goes_in_whole(parvis: Parvis) -> None:
    units = (EXAMPLES / "units.csv").read_text(encoding="utf-8")

    of = await imported(parvis, (EXAMPLES / "people.csv").read_bytes(), units=units)

    assert (of.counts["lines"], of.counts["refused"], of.applied["created"]) == (30, 0, 28)
    assert of.counts["places_created"] == 12


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + file_of(line("anne@u.example")),
        file_of(line("anne@u.example")).replace(b"\n", b"\r\n"),
        file_of(line("anne@u.example")).replace(b",", b";"),
        file_of(line("anne@u.example")).replace(b",", b"\t"),
        file_of(line("anne@u.example")).rstrip(b"\n"),
        file_of("", line("anne@u.example"), "", ""),
        file_of(line("anne@u.example"), header=HEADER.upper()),
        file_of(*['"anne@u.example","Anne Roux","","","staff","","","","","01/09/2020",""']),
        file_of("anne@u.example,Anne,Roux,staff,2020-09-01,ignored",
                header="supannRefId,givenName,sn,eduPersonAffiliation,startsOn,telephoneNumber"),
    ],
    ids=["bom", "crlf", "semicolons", "tabs", "no-last-end", "empty-lines", "capitals", "quoted", "other-columns"],
)  # fmt: skip
async def test_one_person_is_read_whatever_the_dress(parvis: Parvis, content: bytes) -> None:
    of = await imported(parvis, content)

    assert (of.counts["lines"], of.counts["refused"]) == (1, 0)
    assert await people(parvis) == {"anne@u.example": ("Anne Roux", [])}
    assert [row.starts_on for row in await ledger(parvis)] == ["2020-09-01"]


async def test_lines_in_another_encoding_are_refused_one_by_one(parvis: Parvis) -> None:
    content = file_of(line("a@u.example", "Élodie")) + (line("b@u.example", "Élodie") + "\n").encode("latin-1")

    of = await imported(parvis, content + (line("c@u.example", "Élodie") + "\n").encode())

    assert await refusals(parvis, of) == [(3, "encoding", None)]
    assert set(await people(parvis)) == {"a@u.example", "c@u.example"}


async def test_an_unclosed_quote_costs_its_line_alone(parvis: Parvis) -> None:
    of = await imported(parvis, file_of('a@u.example,"Anne', *[line(f"{number}@u.example") for number in range(3)]))

    assert await refusals(parvis, of) == [(2, "quotes", None)]
    assert len(await people(parvis)) == 3


async def test_a_line_of_ten_megabytes_is_refused_and_not_held(parvis: Parvis) -> None:
    of = await imported(parvis, file_of("A" * 10_000_000, line("anne@u.example")))

    assert await refusals(parvis, of) == [(2, "too_long", None)]
    assert set(await people(parvis)) == {"anne@u.example"}


@pytest.mark.parametrize(
    "content, failure",
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (file_of(line("anne@u.example")).decode().encode("utf-16"), "encoding"),
        (b"displayName,eduPersonAffiliation\nAnne,staff\n", "columns_missing"),
        (b"eduPersonPrincipalName,eduPersonAffiliation\nanne@u.example,staff\n", "columns_missing"),
        (b"mail,mail,eduPersonPrincipalName,displayName,eduPersonAffiliation\n", "columns_twice"),
        (b"\x00\x01\x02\x03", "encoding"),
    ],
)
async def test_a_file_that_is_none_fails_and_frees_the_way(parvis: Parvis, content: bytes, failure: str) -> None:
    of = await dry_run(parvis, content)

    assert (of.state, of.failure) == ("failed", failure)
    assert (await imported(parvis, file_of(line("anne@u.example")))).state == "done"


async def test_places_that_make_no_sense_are_refused_and_the_rest_made(parvis: Parvis) -> None:
    units = UNITS + (
        "A,Boucle A,other,B\nB,Boucle B,other,A\nC,Orphelin,other,NOWHERE\nD,Dans orphelin,other,C\n"
        "UFR,Deux fois,component,\nE,Sans type,planet,\n,Sans code,other,\n"
    )

    of = await imported(parvis, file_of(line("a@u.example", unit="DEP"), line("b@u.example", unit="D")), units=units)

    places = [(number, code) for number, code, _ in await refusals(parvis, of)]
    assert places == [
        (3, "unknown_unit"), (5, "loop"), (6, "loop"), (7, "unknown_parent"), (8, "unknown_parent"),
        (9, "code_twice"), (10, "unknown_kind"), (11, "missing"),
    ]  # fmt: skip
    assert [row.unit for row in await ledger(parvis)] == ["DEP"]


async def test_no_transaction_writes_more_than_five_hundred_rows(parvis: Parvis) -> None:
    await make_organisation(parvis)
    everybody = [
        line(f"p{number}@u.example", f"Personne {number}", mail=f"p{number}@univ.example",
             personal=f"p{number}@courriel.example", programme="L3", cohort="2027", kind="student")
        for number in range(400)
    ]  # fmt: skip
    written = Counter[int]()
    commits = 0

    def counted(_connection: object, cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            written[commits] += max(getattr(cursor, "rowcount", 0), 0)

    def committed(_connection: object) -> None:
        nonlocal commits
        commits += 1

    writer = parvis.database._writer
    engine = writer.engine if writer else parvis.database.engine.sync_engine
    event.listen(engine, "after_cursor_execute", counted)
    event.listen(engine, "commit", committed)
    try:
        await imported(parvis, file_of(*everybody), units=UNITS, agreed=Confirmation(send_activations=True))
        await imported(
            parvis, file_of(everybody[0]), options=Options(complete=True), agreed=Confirmation(close_anyway=True)
        )
    finally:
        event.remove(engine, "after_cursor_execute", counted)
        event.remove(engine, "commit", committed)

    assert sum(written.values()) > 4000
    assert max(written.values()) <= 500
    assert sum(row.ends_on != "" for row in await ledger(parvis)) == 399


async def test_a_reading_that_was_cut_begins_anew(parvis: Parvis) -> None:

    content = file_of(*[line(f"p{number}@u.example") for number in range(600)], line("p0@u.example", kind="wizard"))
    import_id = await begun(parvis, content)
    told = 0

    def cut(_of: Import) -> None:
        nonlocal told
        told += 1
        if told == 3:
            raise ConnectionError("the process died here")

    with pytest.raises(ConnectionError):
        await read(parvis, import_id, cut)
    of = await read(parvis, import_id)

    assert (of.state, of.counts["created"], of.counts["refused"], of.counts["lines"]) == ("ready", 600, 1, 601)
