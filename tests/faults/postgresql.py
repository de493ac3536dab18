"""A PostgreSQL of a test's own, to be cut, stopped, killed and replaced by its standby.

It begins as a copy of the server that the tests run beside, whose programs it is run by: with the database of the test.
"""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, OperationalError
from sqlalchemy import URL, make_url

from .servers import free_port, until

TOLD = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": 300, "fsync": "off"}
"""As those of the tests: a killed process loses nothing that it gave to the system."""
STANDBY = "parvis_standby"


@dataclass
class Cluster:
    """One server: where it listens, what it keeps, and the process, while it runs."""

    folder: Path
    url: URL
    programs: Path
    owner: int
    """The account it runs as."""
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None

    @property
    def data(self) -> Path:
        return self.folder / str(self.port)

    @property
    def here(self) -> URL:
        """Its address, whatever it may be: it takes writes, or follows."""
        return self.url.set(drivername="postgresql+psycopg", host="127.0.0.1", port=self.port)

    async def copy_of(self, source: URL, *, follows: bool = False) -> None:
        """Begins as that one is now; if it follows, it is told all that happens there from now on."""
        said = source.set(drivername="postgresql").update_query_dict({"application_name": STANDBY})
        await asyncio.to_thread(shutil.rmtree, self.data, ignore_errors=True)
        asked = ["-D", self.data, "-d", said.render_as_string(hide_password=False), "-c", "fast", "--no-sync"]
        copying = await self._run("pg_basebackup", *asked, *(["-R"] if follows else []))
        assert await copying.wait() == 0, "pg_basebackup failed"

    async def start(self) -> None:
        told = {**TOLD, "port": self.port}
        said = [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
        self.process = await self._run("postgres", "-D", self.data, *said)
        await until(self._answers, "PostgreSQL answers")

    async def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: it ends what goes on, and stops; SIGKILL: it is gone."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(how)
            await self.process.wait()

    async def ask(self, statement: str) -> list[Any]:
        """Raises the driver's error when it does not answer."""
        address = self.here.set(drivername="postgresql").render_as_string(hide_password=False)
        async with await AsyncConnection.connect(address, autocommit=True) as line:
            found = await line.execute(statement)
            return await found.fetchall() if found.description else []

    async def cut(self) -> int:
        """Ends every backend that serves somebody else. Returns how many."""
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return len(await self.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))

    async def wait_for_standby(self) -> None:
        """From now on, a commit is acknowledged once the standby has it too."""
        await self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        await self.ask("SELECT pg_reload_conf()")
        await until(self._is_followed, "the standby follows")

    async def promote(self) -> None:
        """It takes over, and waits for nobody."""
        await self.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
        await self.ask("SELECT pg_reload_conf()")
        await self.ask("SELECT pg_promote()")

    async def _is_followed(self) -> bool:
        return await self.ask("SELECT sync_state FROM pg_stat_replication") == [("sync",)]

    async def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.returncode is None, self._log.read_text()[-2000:]
        with suppress(OperationalError):
            return bool(await self.ask("SELECT 1"))
        return False

    async def _run(self, program: str, *said: object) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            words = [str(word) for word in said]
            account: dict[str, Any] = {"user": self.owner, "extra_groups": []} if os.geteuid() == 0 else {}
            output: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": self.folder}
            return await asyncio.create_subprocess_exec(self.programs / program, *words, **output, **account)

    @property
    def _log(self) -> Path:
        return self.folder / "log"


@asynccontextmanager
async def clusters(database_url: str, count: int) -> AsyncIterator[list[Cluster]]:
    """The first a copy of the server on which that database is, and running; all stopped at the end."""
    beside = make_url(database_url)
    assert beside.port
    near = Cluster(Path(), beside, Path(), 0, beside.port)
    [(programs, data)] = await near.ask(
        "SELECT setting, current_setting('data_directory') FROM pg_config WHERE name = 'BINDIR'"
    )
    owner = account_of(Path(data))
    folder = Path(tempfile.mkdtemp(prefix="parvis-clusters-"))
    os.chown(folder, owner, -1)
    made = [Cluster(folder, beside, Path(programs), owner) for _ in range(count)]
    try:
        await made[0].copy_of(beside)
        await made[0].start()
        yield made
    finally:
        for one in made:
            await one.stop(signal.SIGQUIT)
        shutil.rmtree(folder)


def account_of(folder: Path) -> int:
    return folder.stat().st_uid


def either(of: list[Cluster]) -> str:
    """The address of whichever takes writes, as docs/running.md says it."""
    hosts = tuple(f"127.0.0.1:{one.port}" for one in of)
    where = of[0].url.set(host=None, port=None)
    wanted = where.update_query_dict({"host": hosts, "target_session_attrs": "read-write"})
    return wanted.render_as_string(hide_password=False)
