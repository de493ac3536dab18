"""What one may do with a page: his level on its document, as far as the scopes of a token go."""

from typing import Literal

from parvis.accounts.actor import Actor
from parvis.documents.models import COMMENT, READ, WRITE

PageLevel = Literal["read", "comment", "write"]
LEVELS: tuple[PageLevel, ...] = ("read", "comment", "write")
READ_SCOPE, WRITE_SCOPE = "documents:read", "documents:write"


def level_of(actor: Actor, level: int) -> PageLevel:
    """`level`: on the document, from one."""
    if not actor.may_use(WRITE_SCOPE):
        return "read"
    return LEVELS[min(max(level, READ), WRITE) - 1]


def abilities(actor: Actor, level: int) -> list[PageLevel]:
    return list(LEVELS[: LEVELS.index(level_of(actor, level)) + 1])


def may_comment(level: int) -> bool:
    return level >= COMMENT
