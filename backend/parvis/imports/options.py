"""What is said with a file, and what is agreed to when its report is applied."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.accounts.models.people import AffiliationKind

CLOSED_BY_DEFAULT: Sequence[AffiliationKind] = ("student", "faculty", "staff", "employee")
"""What a complete file speaks of unless it is said. Alumni are not of it: for them graduation speaks, not a file."""


@dataclass(frozen=True)
class Options:
    """How a file is to be read."""

    complete: bool = False
    kinds: Sequence[str] = CLOSED_BY_DEFAULT
    most_closed_percent: int = 20


@dataclass(frozen=True)
class Confirmation:
    """What is agreed to when a report is applied."""

    send_activations: bool = False
    close_anyway: bool = False
