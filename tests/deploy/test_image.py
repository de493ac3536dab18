"""The image's own steps, one by one, without an engine: each stage is a layer over this machine, as an engine's is over
the image it begins from. So Python and Node are this machine's; everything else is what the steps put there.

Needs root, for the layers (overlayfs) and for a network of its own, where port 8000 is free.
"""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60
ENTER = """
set -e
if [ -n "$ALONE" ]; then "$PYTHON" -c "$LO_UP"; fi
mount -t overlay overlay -o lowerdir=/,upperdir="$LAYER/upper",workdir="$LAYER/work" "$LAYER/root"
mount --bind /proc "$LAYER/root/proc"
mount --bind /dev "$LAYER/root/dev"
exec chroot "$LAYER/root" /bin/sh -ec "$STEP"
"""
SERVED = """
export PARVIS_PUBLIC_URL=https://parvis.univ.example PARVIS_SECRET_KEY="$(head -c 48 /dev/urandom | base64)"
export PARVIS_SMTP_URL=smtp://mail.univ.example:587 PARVIS_MAIL_FROM="Parvis <parvis@univ.example>"
$ENTRYPOINT migrate
$ENTRYPOINT $CMD &
server=$!
trap 'kill -TERM $server 2>/dev/null || true' EXIT
for second in $(seq {patience}); do
    if $HEALTHCHECK 2>/dev/null; then break; fi
    kill -0 $server
    sleep 1
done
$HEALTHCHECK
python -c "{read_home}"
kill -TERM $server
wait $server || test $? = 143  # Ended by the signal that it was told to end by.
"""
READ_HOME = (
    "import urllib.request as asked; "
    "home = asked.Request('http://127.0.0.1:8000/', headers=dict(host='parvis.univ.example')); "
    "print(asked.urlopen(home).read().decode())"
)
LO_UP = (
    "import fcntl, socket, struct; "
    "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh14x', b'lo', 0x1 | 0x40))"  # SIOCSIFFLAGS, up and running
)

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(900),
    pytest.mark.skipif(os.geteuid() != 0 and "CI" not in os.environ, reason="layers need root"),
]


@dataclass
class Stage:
    """What one `FROM` begins, as its steps have left it."""

    layer: Path
    folder: str = "/"
    user: str = "root"
    variables: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    """What is to be run: `ENTRYPOINT`, `CMD`, `HEALTHCHECK`, each as words for a shell."""

    def __post_init__(self) -> None:
        for part in ("upper", "work", "root"):
            (self.layer / part).mkdir(parents=True)
        # An image's Python is everybody's; this machine's may stand in a folder that others may not pass.
        for folder in Path(sys.base_prefix).parents[:-1]:
            if not folder.stat().st_mode & stat.S_IXOTH:
                self.at(str(folder)).mkdir(parents=True)
                self.at(str(folder)).chmod(0o711)

    def at(self, path: str) -> Path:
        """Where a path of the image is kept."""
        return self.layer / "upper" / (path if path.startswith("/") else f"{self.folder}/{path}").lstrip("/")

    def run(self, step: str, *, alone: bool = False) -> str:
        """A step by the stage's user; `alone`: with no network but its own."""
        exported = "".join(f"export {name}={value}\n" for name, value in self.variables.items())
        # Docker gives a step nothing of the builder's own environment.
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        inner = f"{exported}mkdir -p {self.folder}; cd {self.folder}\n{step}"
        if self.user != "root":
            inner = (
                f"exec setpriv --reuid={self.user} --regid={self.user} --clear-groups /bin/sh -ec {shlex.quote(inner)}"
            )
        ran = subprocess.run(
            ["unshare", "-m", *(["-n"] if alone else []), "/bin/sh", "-c", ENTER],
            env={
                **kept,
                "LAYER": str(self.layer),
                "STEP": inner,
                "ALONE": "yes" if alone else "",
                "PYTHON": sys.executable,
                "LO_UP": LO_UP,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{step}\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}"
        return ran.stdout

    def copy(self, sources: list[Path], into: str) -> None:
        """`COPY`: of a folder, what it holds."""
        target = self.at(into)
        for source in sources:
            if source.is_dir():
                ignore = left_out if source.is_relative_to(ROOT) else None
                shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignore)
            else:
                is_folder = into.endswith("/") or len(sources) > 1
                (target if is_folder else target.parent).mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target / source.name if is_folder else target)


def left_out(folder: str, names: list[str]) -> set[str]:
    """What `.dockerignore` keeps out of what it lets in."""
    said = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith(("!", "*"))]
    within = Path(folder).relative_to(ROOT)
    return {name for name in names if name == "__pycache__" or str(within / name) in said}


def steps() -> list[tuple[str, str]]:
    """Instruction and what it says, in order; lines that go on are one."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, said) for name, _, said in (line.partition(" ") for line in lines)]


def made(tmp_path: Path) -> tuple[Stage, int]:
    """The last stage, and how many steps there were."""
    stages: dict[str, Stage] = {}
    said_so_far = steps()
    for name, said in said_so_far:
        if name == "FROM":
            _, _, called = said.partition(" AS ")
            stages[called or str(len(stages))] = Stage(tmp_path / f"stage-{len(stages)}")
        else:
            take(list(stages.values())[-1], name, said, stages)
    return list(stages.values())[-1], len(said_so_far)


def take(stage: Stage, name: str, said: str, stages: dict[str, Stage]) -> None:
    """One step."""
    match name:
        case "WORKDIR":
            stage.folder = said
        case "USER":
            stage.user = said
        case "ENV":
            stage.variables.update((name, value) for name, _, value in (pair.partition("=") for pair in said.split()))
        case "RUN":
            stage.run(said)
        case "COPY":
            *sources, into = said.split()
            origin = stages[sources.pop(0).removeprefix("--from=")] if said.startswith("--from=") else None
            stage.copy([origin.at(source) if origin else ROOT / source for source in sources], into)
        case "ENTRYPOINT" | "CMD" | "HEALTHCHECK":
            stage.says[name] = shlex.join(json.loads(said[said.index("[") :]))
        case _:
            assert name in {"VOLUME", "EXPOSE"}, f"a step nobody tries: {name} {said}"


def test_the_images_steps_end_in_a_server_that_is_well_serves_its_pages_and_stops(tmp_path: Path) -> None:
    image, count = made(tmp_path)
    for name in ("ENTRYPOINT", "CMD", "HEALTHCHECK"):
        assert image.says[name]
    script = SERVED.format(patience=PATIENCE, read_home=READ_HOME)
    for name, words in image.says.items():
        script = script.replace(f"${name}", words)
    page = image.run(script, alone=True)
    assert count > 15
    assert 'id="root"' in page
    assert not image.at("/opt/parvis/frontend/node_modules").exists()
    assert not image.at("/opt/parvis/tests").exists()
    assert json.loads(image.at("/opt/parvis/parvis.cdx.json").read_text())["bomFormat"] == "CycloneDX"
