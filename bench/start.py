"""Cold start and memory at rest, against bare FastAPI with SQLAlchemy.

    .venv/bin/python -m bench.start

A start is the time from launching the process to its first answer that asked the database. Memory is the resident
set after a hundred such answers.
"""

import asyncio
import os
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.writer import free_port

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = {
            **os.environ,
            "PARVIS_DATA_DIR": folder,
            "PARVIS_DEMO": "true",
            "PARVIS_LOG_LEVEL": "error",
        }
        bare = {**os.environ, "BENCH_BARE_DATABASE": f"{folder}/bare.db"}
        migrate = await asyncio.create_subprocess_exec(sys.executable, "-m", "parvis", "migrate", env=ours)
        await migrate.wait()
        bare_runs, our_runs = [], []
        for _ in range(ROUNDS):  # In turns, so that a busy moment of the machine falls on both.
            port = free_port()
            command = ["-m", "uvicorn", "bench.bare_app:app", "--port", str(port), "--log-level", "warning"]
            bare_runs.append(await start(command, bare, port))
            port = free_port()
            here = {**ours, "PARVIS_PORT": str(port), "PARVIS_PUBLIC_URL": f"http://localhost:{port}"}
            our_runs.append(await start(["-m", "parvis", "serve"], here, port))
    report("cold start, s", [run[0] for run in bare_runs], [run[0] for run in our_runs])
    report("memory, MB", [run[1] for run in bare_runs], [run[1] for run in our_runs])


async def start(command: list[str], environment: dict[str, str], port: int) -> tuple[float, float]:
    """Seconds to the first answer, and MB resident after a hundred."""
    began = perf_counter()
    server = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    url = f"http://localhost:{port}/health/ready"
    try:
        while not await asyncio.to_thread(answers, url):
            if server.returncode is not None:
                raise SystemExit("the server ended before it answered")
            await asyncio.sleep(0.005)
        seconds = perf_counter() - began
        for _ in range(100):
            await asyncio.to_thread(answers, url)
        return seconds, resident_mb(server.pid)
    finally:
        server.terminate()
        await server.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def report(what: str, bare: list[float], ours: list[float]) -> None:
    ratio = median(ours) / median(bare)
    print(f"{what:<16} bare {median(bare):8.2f}   Parvis {median(ours):8.2f}   ratio {ratio:.2f}")


if __name__ == "__main__":
    asyncio.run(main())
