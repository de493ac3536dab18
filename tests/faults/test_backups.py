"""BAK: backups are taken at any instant while people send, and each becomes the same Parvis on an empty machine."""

import asyncio
import os
import random
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest

from parvis.kernel.config import Settings
from parvis.kernel.storage import Storage, blob_key
from tests.files.uploads import repr_digest
from tests.make.backups import empty_machine

from .acts import Chatting
from .conftest import Effort
from .exchange import Exchange, exchange
from .oracle import Row, check, opened, say, told
from .people import Hand, arrive, connections
from .servers import Server, serving

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

SENDERS = 5
BETWEEN = (5, 30)
"""So many more are acknowledged from one backup to the next."""


class Taken:
    """One backup, and what was acknowledged before it began."""

    def __init__(self, path: Path, found: Exchange, content: bytes) -> None:
        self.path, self.content = path, content
        self.before = set(found.ledger.acknowledged.values())


async def send_until(over: asyncio.Event, found: Exchange) -> None:
    while not over.is_set():
        await found.send(1)


async def take(server: Server, found: Exchange, path: Path) -> Taken:
    """After a file was kept too, by the sender of the first message."""
    content = os.urandom(random.randint(1, 2**18))
    name = {"content-disposition": "attachment; filename=carnet.bin", "repr-digest": repr_digest(content)}
    await found.senders[0].hand.must("POST", "/files", content=content, headers=name)
    taken = Taken(path, found, content)
    assert await server.command("backup", "--to", str(path)) == 0, server.words()[-2000:]
    return taken


async def test_whatever_the_instant_a_backup_is_a_restore(
    settings: Settings, tmp_path: Path, dialect: str, effort: Effort
) -> None:
    instants = effort(1, 20)
    taken, lost, seconds = list[Taken](), 0, list[float]()
    *people, stranger = await arrive(settings, 1 + SENDERS + 1 + 1)
    async with (
        connections() as http,
        serving(settings, tmp_path) as server,
        exchange(people, server.url, senders=SENDERS, kind=Chatting) as found,
    ):
        over = asyncio.Event()
        sending = asyncio.create_task(send_until(over, found))
        for number in range(instants):
            taken.append(await take(server, found, tmp_path / f"{number}.tar"))
            await found.ledger.reaches(found.ledger.count + random.randint(*BETWEEN))
        over.set()
        await sending
        await found.heard()
        with opened(settings.database_url) as connection:
            whole = told(connection, found.act)
        during = set[int]()
        for one in taken:
            with empty_machine(settings, one.path.with_suffix(""), dialect) as anew:
                began = monotonic()
                empty = Server(anew, tmp_path, variables=store_of(anew))
                assert await empty.command("restore", str(one.path)) == 0, empty.words()[-2000:]
                seconds.append(monotonic() - began)
                with opened(anew.database_url) as connection:
                    check(connection, found.act)
                    kept = told(connection, found.act)
                    assert {name for names in found.act.kept(connection).values() for name in names} == set(kept[1:])
                lost += len(one.before - set(kept))
                assert kept == [name for name in whole if name in set(kept)], "in the same order"
                during.add(len(kept))
                if one is taken[-1]:
                    await look_around(anew, tmp_path, found, one, Hand(http, stranger, server.url))
    assert len(during) == instants, "they were taken while something was written"
    besides = f"{instants} of {instants} restored, in {max(seconds):.1f} s at most"
    say(Row(f"BAK {dialect}", found.ledger.count, found.ledger.count, lost, besides=besides))
    assert lost == 0


def store_of(settings: Settings) -> dict[str, str]:
    """Where its files are, as its processes are told."""
    keys = {"ACCESS": settings.storage_access_key, "SECRET": settings.storage_secret_key}
    said = {f"PARVIS_STORAGE_{name}_KEY": key.get_secret_value() for name, key in keys.items() if key}
    return said | {"PARVIS_STORAGE_URL": settings.storage_url}


async def look_around(anew: Settings, folder: Path, found: Exchange, taken: Taken, stranger: Hand) -> None:
    """It serves who it served, and nobody else; and who followed begins anew."""
    async with serving(anew, folder, variables=store_of(anew)) as again:
        sender, reader = found.senders[0].hand.at(again.url), found.readers[0]
        assert isinstance(found.act, Chatting)
        conversation = f"/conversations/{found.act.conversation_id}"
        assert (await sender.request("GET", conversation)).status_code == 200
        assert (await stranger.at(again.url).request("GET", conversation)).status_code == 404
        size = await Storage.open(anew).size(blob_key(sha256(taken.content).hexdigest()))
        assert size == len(taken.content)
        told_anew = await reader.hand.at(again.url).must("GET", f"/events?since={reader.cursor}&wait=0")
        assert told_anew["resync"], told_anew
        assert (await found.act.send(sender, "after the restore")).status_code == 201
