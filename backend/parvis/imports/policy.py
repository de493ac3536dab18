"""What may be done to an import."""

from typing import Literal

from .models import Import

Ability = Literal["apply", "cancel"]


def is_stopped(of: Import) -> bool:
    """Whether it would close more than was meant: more of the ledger than its share, or while there were lines of which
    nobody knows whom they name."""
    closed, closable = of.counts.get("closed", 0), of.counts.get("closable", 0)
    too_many = closed * 100 > of.most_closed_percent * closable
    return bool(closed > 0 and (too_many or of.counts.get("lost", 0) > 0))


def abilities(of: Import) -> list[Ability]:
    """What people administrators may do to it now."""
    if of.state == "ready":
        return ["apply", "cancel"]
    return ["cancel"] if of.state in {"reading", "applying"} else []
