"""Home and chat on a phone, as Lighthouse sees them: behind a real `parvis serve`, among a medium demonstration.

    .venv/bin/python -m bench.lighthouse

The profile is Lighthouse's own for phones: a screen of 412 × 823, 150 ms and 1.6 Mbit/s, a processor four times as
slow, all of it simulated from what was observed; `BENCH_THROTTLING=devtools` slows the browser down in earnest. Each
page is visited five times (`BENCH_ROUNDS`) by a member who is signed in, with nothing of the pages in the browser; of
each figure the median is told. `BENCH_KEPT=FOLDER` keeps the demonstration for the next run, `BENCH_WHOLE=FILE` all
that Lighthouse says.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from parvis.accounts.auth import DEV_COOKIE

ROOT = Path(__file__).resolve().parent.parent
BROWSER = ROOT / "bench" / "browser"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
THROTTLING = os.environ.get("BENCH_THROTTLING", "simulate")
WHO = "étudiante"
PROMISED: Mapping[str, tuple[str, float]] = {
    "performance": ("≥", 85),
    "accessibility": ("≥", 100),
    "best-practices": ("≥", 95),
    "LCP": ("≤", 3000),
}
Visit = dict[str, Any]


def main() -> int:
    install()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("BENCH_KEPT", folder)) / "medium"
        with served(kept) as url:
            cookie, pages = entered(url, kept)
            found = {name: [visit(f"{url}{path}", cookie) for _ in range(ROUNDS)] for name, path in pages.items()}
    if whole := os.environ.get("BENCH_WHOLE"):
        Path(whole).write_text(json.dumps(found), encoding="utf-8")
    return told(found)


def install() -> None:
    """The pages as they are served, and Lighthouse from its lock: it is heavy, and needed by nothing else."""
    subprocess.run([ROOT / "scripts" / "build"], check=True)
    if not (BROWSER / "node_modules" / "lighthouse").is_dir():
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=BROWSER, check=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """`parvis demo --size medium`, unless it is there, and `parvis serve`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")} | {
        "PARVIS_DEMO": "1",
        "PARVIS_DATA_DIR": str(folder),
        "PARVIS_PUBLIC_URL": url,
        "PARVIS_PORT": str(port),
    }
    command = [sys.executable, "-m", "parvis"]
    if not (folder / "accounts.txt").is_file():
        subprocess.run([*command, "demo", "--size", "medium"], env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        [*command, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(server, url)
            yield url
        finally:
            server.terminate()


def _wait_for(server: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{url}/health/ready", timeout=20).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("parvis serve does not answer")


def entered(url: str, folder: Path) -> tuple[tuple[str, str], dict[str, str]]:
    """The cookie of who has signed in, and the pages that are visited."""
    accounts = [line.split("\t") for line in (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()]
    _, _, email, password = next(one for one in accounts if one[0] == WHO)
    with httpx.Client(base_url=f"{url}/api/v1", headers={"origin": url}) as browser:
        reply = browser.post("/sessions", json={"email": email, "password": password})
        reply.raise_for_status()
        rooms = browser.get("/conversations").raise_for_status().json()["items"]
        [(name, value)] = [(one.name, str(one.value)) for one in browser.cookies.jar if one.name == DEV_COOKIE]
    return (name, value), {"home": "/", "chat": f"/messages/{rooms[0]['id']}"}


def visit(url: str, cookie: tuple[str, str]) -> Visit:
    chromium = os.environ.get("PARVIS_TEST_CHROMIUM") or shutil.which("chromium")
    command = ["node", "visit.mjs", str(chromium), url, *cookie, THROTTLING]
    seen: Visit = json.loads(subprocess.run(command, cwd=BROWSER, check=True, stdout=subprocess.PIPE).stdout)
    return seen


def told(found: Mapping[str, Sequence[Visit]]) -> int:
    """Prints medians, beside what is promised. Whether all of it holds, as an exit code."""
    first = next(iter(found.values()))[0]
    power = median(one["power"] for visits in found.values() for one in visits)
    print(f"{' '.join(first['versions'])}, {ROUNDS} visits each, benchmark index {power:.0f}")
    print(", ".join(f"{name} {value}" for name, value in first["settings"].items()))
    print(f"{'median':<16}" + "".join(f"{name:>18}" for name in found) + f"{'promised':>12}")
    broken = 0
    for kind in ("scores", "metrics"):
        for name in first[kind]:
            values = [[one[kind][name] for one in visits] for visits in found.values()]
            sign, limit = PROMISED.get(name, ("", 0))
            cells = "".join(f"{_shown(name, median(each)):>8} {_between(name, each):<9}" for each in values)
            print(f"{name:<16} {cells}" + (f"{sign} {limit:g}" if sign else ""))
            broken += sum(bool(sign) and not _holds(sign, median(each), limit) for each in values)
    for name, visits in found.items():
        for fault in sorted({fault for one in visits for fault in one["faults"]}):
            print(f"{name}: {fault}")
    return 1 if broken else 0


def _holds(sign: str, value: float, limit: float) -> bool:
    return value >= limit if sign == "≥" else value <= limit


def _shown(name: str, value: float) -> str:
    return f"{value:.3f}" if name == "CLS" else f"{value:,.0f}"


def _between(name: str, values: Sequence[float]) -> str:
    return f"({_shown(name, min(values))}–{_shown(name, max(values))})"


if __name__ == "__main__":
    sys.exit(main())
