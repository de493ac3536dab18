"""A Redis of one test's own, to be killed."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

PATIENCE = 20.0


@dataclass
class OwnRedis:
    """Empty whenever it starts: it keeps nothing on disk."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [program(), "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        raise RuntimeError("Redis does not answer")

    def kill(self) -> None:
        """As a machine dies."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
            self.process = None


def program() -> str:
    found = shutil.which("redis-server")
    assert found is not None, "redis-server is not installed"
    return found


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        redis = OwnRedis(listener.getsockname()[1])
    redis.start()
    try:
        yield redis
    finally:
        redis.kill()
