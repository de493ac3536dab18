"""How fault tests tell their counts."""

import json
import os
from pathlib import Path


def say(scenario: str, **counts: object) -> None:
    """Prints one line, and keeps it where `make faults` gathers them."""
    line = f"{scenario}: " + ", ".join(f"{name} {value}" for name, value in counts.items())
    print(line)  # noqa: T201 — what this is for
    folder = os.environ.get("PARVIS_FAULTS_REPORT")
    if folder:
        with Path(folder).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"scenario": scenario, **counts}) + "\n")
