"""ClamAV's own daemon, with one signature of ours: the file by which scanners are tried. It fetches nothing."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path

from .hostile_files import EICAR

STREAM = 2**20
"""The most bytes that it takes."""


def clamd_program() -> str:
    """Raises `RuntimeError`, saying what to install."""
    found = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise RuntimeError("clamd is not installed (Debian package clamav-daemon): run the tests by `make test`.")
    return found


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """Runs it, and gives the path of its socket once it answers."""
    signatures, socket = folder / "signatures", folder / "clamd.sock"
    signatures.mkdir()
    (signatures / "tests.hdb").write_text(f"{md5(EICAR).hexdigest()}:{len(EICAR)}:Parvis.Test\n")
    user = "User root\n" if os.geteuid() == 0 else ""
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {socket}\nForeground yes\nStreamMaxLength {STREAM}\n{user}"
    )
    command = [clamd_program(), "-c", str(folder / "clamd.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            deadline = time.monotonic() + 30
            while not socket.exists():
                if daemon.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("clamd did not start")
                time.sleep(0.02)
            yield str(socket)
        finally:
            daemon.terminate()
            daemon.wait()
