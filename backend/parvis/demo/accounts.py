"""The demonstration's accounts: random passwords, told once and kept in a file that only its owner reads."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = "accounts.txt"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike when read aloud or copied by hand."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account to sign in with."""

    label: str
    name: str
    email: str
    password: str


def random_password() -> str:
    """Four groups of four: 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def keep(folder: Path, accounts: Sequence[Account]) -> None:
    """Writes them to the folder, in one piece, mode 0600."""
    path = folder / FILE
    draft = path.with_suffix(".new")
    with open(draft, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, mode=0o600)) as file:
        file.writelines(f"{item.label}\t{item.name}\t{item.email}\t{item.password}\n" for item in accounts)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def kept(folder: Path) -> list[Account]:
    """Those of a demonstration that was filled to its end; none otherwise."""
    path = folder / FILE
    if not path.is_file():
        return []
    return [Account(*line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]
