import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.audit import AuditEntry, AuditHead, Auditor, SeenHead, Verdict, audit
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis

ACTOR = new_id()


async def suspend(session: AsyncSession, times: int = 1) -> None:
    for number in range(times):
        audit(session, ACTOR, "member.suspended", "member", new_id(), {"reason_kind": "spam", "days": number})


async def verify(parvis: Parvis, seen: SeenHead | None = None, auditor: Auditor | None = None) -> Verdict:
    async with parvis.database.reading() as session:
        return await (auditor or parvis.auditor).verify(session, seen)


async def entries(parvis: Parvis) -> list[AuditEntry]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(AuditEntry).order_by(AuditEntry.position)))


async def test_an_act_is_written_with_who_what_and_on_whom(parvis: Parvis) -> None:
    await parvis.database.write(suspend)
    [entry] = await entries(parvis)
    assert (entry.position, entry.actor_id, entry.action, entry.subject_kind) == (
        1,
        ACTOR,
        "member.suspended",
        "member",
    )
    assert entry.detail == {"reason_kind": "spam", "days": 0}
    assert await verify(parvis) == Verdict(1, entry.hash.hex())


async def test_an_empty_log_is_intact(parvis: Parvis) -> None:
    verdict = await verify(parvis)
    assert (verdict.entries, verdict.intact) == (0, True)


async def test_a_change_that_fails_leaves_no_trace_and_no_gap(parvis: Parvis) -> None:
    async def fail(session: AsyncSession) -> None:
        await suspend(session, 3)
        raise LookupError

    await parvis.database.write(suspend)
    with pytest.raises(LookupError):
        await parvis.database.write(fail)
    await parvis.database.write(suspend)
    assert [entry.position for entry in await entries(parvis)] == [1, 2]
    assert (await verify(parvis)).intact


async def test_many_writers_make_one_chain(parvis: Parvis) -> None:
    await asyncio.gather(*(parvis.database.write(suspend, 1 + number % 3) for number in range(40)))
    written = await entries(parvis)
    assert [entry.position for entry in written] == list(range(1, 80))
    assert await verify(parvis) == Verdict(79, written[-1].hash.hex())


async def test_a_chain_longer_than_one_reading_is_read_to_the_end(parvis: Parvis) -> None:
    await parvis.database.write(suspend, 1203)
    assert (await verify(parvis)).entries == 1203
    await parvis.database.write(_sql, update(AuditEntry).where(AuditEntry.position == 1201).values(action="x"))
    assert (await verify(parvis)).broken_at == 1201


async def test_each_new_head_is_told_to_the_log(parvis: Parvis, capsys: pytest.CaptureFixture[str]) -> None:
    await parvis.database.write(suspend, 2)
    [*_, last] = await entries(parvis)
    said = capsys.readouterr().out
    assert "audit.head" in said
    assert "position=2" in said
    assert last.hash.hex() in said


async def test_another_key_does_not_make_the_chain(parvis: Parvis) -> None:
    await parvis.database.write(suspend, 3)
    verdict = await verify(parvis, auditor=Auditor(b"another root secret, as long as ours"))
    assert (verdict.broken_at, verdict.entries) == (1, 0)


async def test_a_cut_end_shows_even_when_the_head_is_put_back(parvis: Parvis) -> None:
    """Whoever owns the database can restore an old head; the structured log remembers the later one."""
    await parvis.database.write(suspend, 3)
    old = await _head(parvis)
    await parvis.database.write(suspend, 2)
    seen = await _head(parvis)
    await parvis.database.write(_sql, delete(AuditEntry).where(AuditEntry.position > 3))
    assert (await verify(parvis)).reason == "the end is missing"
    await parvis.database.write(_sql, update(AuditHead).values(position=old.position, hash=old.hash, seal=old.seal))
    assert (await verify(parvis)).intact
    verdict = await verify(parvis, SeenHead(seen.position, seen.hash.hex()))
    assert (verdict.broken_at, verdict.reason) == (4, "entries seen before are missing")
    assert (await verify(parvis, SeenHead(old.position, old.hash.hex()))).intact


async def test_an_entry_written_in_the_place_of_one_that_was_seen_shows(parvis: Parvis) -> None:
    await parvis.database.write(suspend, 3)
    assert (await verify(parvis, SeenHead(2, "00" * 32))).reason == "not the entry that was seen"


@pytest.mark.parametrize(
    "detail",
    [
        {"password": "x"},
        {"new_password": "x"},
        {"token": "x"},
        {"Secret": "x"},
        {"recovery_code": "x"},
        {"body": "x"},
        {"message": "x"},
        {"name": "x" * 201},
        {"names": ["x", "y" * 201]},
        {"name": "a\0b"},
    ],
)
async def test_neither_secrets_nor_content_are_written(parvis: Parvis, detail: dict[str, Any]) -> None:
    async def act(session: AsyncSession) -> None:
        audit(session, ACTOR, "thing.done", "thing", None, detail)

    with pytest.raises(ValueError, match="an audit entry"):
        await parvis.database.write(act)
    assert await entries(parvis) == []


async def test_identifiers_and_names_are_written(parvis: Parvis) -> None:
    detail: dict[str, Any] = {
        "token_id": "1",
        "code_count": 10,
        "name": "Léa « œuvre »",
        "roles": ["a", "b"],
        "was": None,
    }

    async def act(session: AsyncSession) -> None:
        audit(session, None, "thing.done", "thing", "x" * 40, detail)

    await parvis.database.write(act)
    [entry] = await entries(parvis)
    assert (entry.detail, entry.actor_id, entry.subject_id) == (detail, None, "x" * 40)
    assert (await verify(parvis)).intact


# The AUD suite: alterations by somebody who can write to the database but does not hold the key.

Tampering = Callable[[AsyncSession, random.Random, int], Awaitable[None]]


async def _sql(session: AsyncSession, *statements: Any) -> None:
    for statement in statements:
        await session.execute(statement)


async def edit(session: AsyncSession, chance: random.Random, length: int) -> None:
    at = chance.randint(1, length)
    changes: list[dict[str, Any]] = [
        {"action": "member.praised"},
        {"actor_id": new_id()},
        {"actor_id": None},
        {"subject_id": str(new_id())},
        {"subject_kind": "group"},
        {"detail": {"reason_kind": "spam", "days": 10_000}},
        {"detail": {}},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"hash": chance.randbytes(32)},
        {"previous_hash": chance.randbytes(32)},
    ]
    await _sql(session, update(AuditEntry).where(AuditEntry.position == at).values(chance.choice(changes)))


async def remove(session: AsyncSession, chance: random.Random, length: int) -> None:
    await _sql(session, delete(AuditEntry).where(AuditEntry.position == chance.randint(1, length)))


async def remove_and_close_the_gap(session: AsyncSession, chance: random.Random, length: int) -> None:
    at = chance.randint(1, length - 1)
    await remove_one(session, at)
    for position in range(at + 1, length + 1):
        await _sql(session, update(AuditEntry).where(AuditEntry.position == position).values(position=position - 1))


async def remove_one(session: AsyncSession, at: int) -> None:
    await _sql(session, delete(AuditEntry).where(AuditEntry.position == at))


async def swap(session: AsyncSession, chance: random.Random, length: int) -> None:
    one, other = chance.sample(range(1, length + 1), 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        await _sql(session, update(AuditEntry).where(AuditEntry.position == before).values(position=after))


async def cut_the_end(session: AsyncSession, chance: random.Random, length: int) -> None:
    await _sql(session, delete(AuditEntry).where(AuditEntry.position > chance.randint(0, length - 1)))


async def cut_the_end_and_move_the_head(session: AsyncSession, chance: random.Random, length: int) -> None:
    last = chance.randint(1, length - 1)
    await _sql(session, delete(AuditEntry).where(AuditEntry.position > last))
    found = select(AuditEntry.hash).where(AuditEntry.position == last).scalar_subquery()
    await _sql(session, update(AuditHead).values(position=last, hash=found))


async def cut_the_beginning(session: AsyncSession, chance: random.Random, length: int) -> None:
    await _sql(session, delete(AuditEntry).where(AuditEntry.position <= chance.randint(1, length)))


async def insert_one(session: AsyncSession, chance: random.Random, length: int) -> None:
    at = chance.choice([0, -1, length + 1, length + 5])
    columns = [column.name for column in AuditEntry.__table__.columns if column.name != "position"]
    source = select(text(str(at)), *(AuditEntry.__table__.c[name] for name in columns))
    copied = source.where(AuditEntry.position == chance.randint(1, length))
    await _sql(session, insert(AuditEntry).from_select(["position", *columns], copied))


async def forget_the_head(session: AsyncSession, _chance: random.Random, _length: int) -> None:
    await _sql(session, delete(AuditHead))


async def change_the_head(session: AsyncSession, chance: random.Random, length: int) -> None:
    changes: list[dict[str, Any]] = [{"hash": chance.randbytes(32)}, {"seal": chance.randbytes(32)}]
    changes += [{"position": length + 1}, {"seal": b""}]
    await _sql(session, update(AuditHead).values(chance.choice(changes)))


TAMPERINGS: list[Tampering] = [
    *(edit, edit, remove, remove_and_close_the_gap, swap, cut_the_end, cut_the_end_and_move_the_head),
    *(cut_the_beginning, insert_one, forget_the_head, change_the_head),
]


async def test_a_hundred_alterations_show_a_hundred_times(parvis: Parvis) -> None:
    length = 12
    await parvis.database.write(suspend, length)
    assert (await verify(parvis)).intact
    missed = []
    for seed in range(100):
        chance = random.Random(seed)
        tamper = TAMPERINGS[seed % len(TAMPERINGS)]
        verdict = await _tampered(parvis, tamper, chance, length)
        if verdict.intact:
            missed.append((seed, tamper.__name__))
    assert missed == []
    assert (await verify(parvis)) == Verdict(length, (await entries(parvis))[-1].hash.hex())


class Undo(Exception):
    """Takes the alteration back, once it has been judged."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


async def _tampered(parvis: Parvis, tamper: Tampering, chance: random.Random, length: int) -> Verdict:
    async def unit(session: AsyncSession) -> None:
        await tamper(session, chance, length)
        raise Undo(await parvis.auditor.verify(session))

    with pytest.raises(Undo) as undone:
        await parvis.database.write(unit)
    return undone.value.verdict


async def _head(parvis: Parvis) -> AuditHead:
    async with parvis.database.reading() as session:
        return await session.get_one(AuditHead, 1)
