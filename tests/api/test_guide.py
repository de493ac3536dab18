"""The guide's commands work as they stand there, and answer what it says."""

import asyncio
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from parvis.demo import accounts, university
from parvis.kernel.config import Settings
from tests.make.served import served

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
STATED = "http://localhost:8000"
"""Where the guide's reader finds Parvis."""
BLOCK = re.compile(r"^```bash\n(?P<commands>.*?)^```\n(?:```answer\n(?P<answer>.*?)^```\n)?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """Commands of the guide, and what it says they print, where `…` stands for anything."""

    commands: str
    answer: str | None

    def is_answered_by(self, printed: str) -> bool:
        if self.answer is None:
            return True
        told = ".*".join(re.escape(piece) for piece in self.answer.strip().split("…"))
        return re.fullmatch(told, printed.replace("\r", "").strip(), re.DOTALL) is not None


def steps(at: str) -> list[Step]:
    text = GUIDE.read_text(encoding="utf-8").replace(STATED, at)
    return [Step(**found.groupdict()) for found in BLOCK.finditer(text)]


async def walk(guide: list[Step], folder: Path) -> list[str]:
    """What each step prints, all typed into one bash that stops at the first command that fails."""
    blocks = (f"{{\n{step.commands}}} > {number}.answer\n" for number, step in enumerate(guide))
    script = "set -euo pipefail\ntrap 'echo \"failed: $BASH_COMMAND\" >&2' ERR\n" + "".join(blocks)
    bash = await asyncio.create_subprocess_exec(
        *("bash", "-c", script), cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await bash.communicate()
    assert bash.returncode == 0, said.decode()
    return [(folder / f"{number}.answer").read_text(encoding="utf-8") for number in range(len(guide))]


async def test_every_command_works_and_answers_what_the_guide_says(settings: Settings, tmp_path: Path) -> None:
    assert shutil.which("curl"), "the guide is read with curl"
    (tmp_path / "var" / "demo").mkdir(parents=True)
    accounts.keep(tmp_path / "var" / "demo", await university.fill(settings))
    async with served(settings) as server:
        guide = steps(server.url)
        printed = await walk(guide, tmp_path)
    assert len(guide) >= 20
    for step, answer in zip(guide, printed, strict=True):
        assert step.is_answered_by(answer), f"{step.commands}\nprinted:\n{answer}\ninstead of:\n{step.answer}"


def test_no_command_or_answer_of_the_guide_is_passed_over() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    read = list(BLOCK.finditer(text))
    assert text.count("```") == 2 * text.count("```bash\n") + 2 * text.count("```answer\n")
    assert len(read) == text.count("```bash\n")
    assert sum(found["answer"] is not None for found in read) == text.count("```answer\n")


def test_an_answer_is_compared_to_its_last_character() -> None:
    step = Step("", '{"code":"gone",…"status":410}\n')
    assert step.is_answered_by('{"code":"gone","title":"?","status":410}')
    assert not step.is_answered_by('{"code":"gone","title":"?","status":404}')
    assert not step.is_answered_by('{"code":"gone","title":"?","status":410} and more')
