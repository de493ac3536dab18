"""Who sees which folder and document, and who may do what with it. Pure answers.

Rights are asked of guards: `readable_by` says which of them let an actor through, in one statement, and `Standing` what
he may do behind one. A folder is behind its guard, a document behind its own or its folder's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.policy import is_inside
from parvis.audiences.models import KeptAudienceMember
from parvis.circles.models import Membership, Role
from parvis.circles.policy import circles_of, holds
from parvis.communities.models import Community, CommunityBan
from parvis.kernel.errors import Text

from .models import COMMENT, LEVELS, MANAGE, READ, WRITE, Document, Folder, Grant, Guard, GuardSource, Level

FolderAbility = Literal["add", "rename", "move", "trash", "copy", "share"]
DocumentAbility = Literal[
    "comment",
    "rename",
    "move",
    "trash",
    "copy",
    "add_version",
    "label",
    "restore",
    "delete_version",
    "lock",
    "unlock",
    "share",
]
Public = Literal["organisation", "community", "restricted", "private"]
DEEPEST = 20
MOST_FOLDERS = 5_000
"""In one space."""
MOST_GUARDS = 1_000
"""Folders and documents with rights of their own, in one space."""

WRITERS_ONLY: Text = {
    "fr": "Vous pouvez lire ceci, mais pas le modifier.",
    "en": "You can read this, but not change it.",
}
MANAGERS_ONLY: Text = {
    "fr": "Seules les personnes qui gèrent ceci peuvent le faire.",
    "en": "Only those who manage this can do that.",
}
NOT_A_SPACE: Text = {
    "fr": "L’espace lui-même ne se renomme pas, ne se déplace pas et ne se supprime pas.",
    "en": "The space itself is not renamed, moved or deleted.",
}


def visible_folder(actor: Actor) -> ColumnElement[bool]:
    """Folders that the actor may read: not in the trash, and behind a guard that lets him through."""
    return and_(Folder.gone_id.is_(None), Folder.guard_id.in_(readable_by(actor)))


def visible_document(actor: Actor) -> ColumnElement[bool]:
    """The same of documents, beside their `Folder`."""
    guard_id = func.coalesce(Document.guard_id, Folder.guard_id)
    return and_(Document.trashed_at.is_(None), Folder.gone_id.is_(None), guard_id.in_(readable_by(actor)))


def visible_one_by_one(actor: Actor) -> ColumnElement[bool]:
    """The same for few documents among very many guards: each is asked about its own."""
    guard_id = func.coalesce(Document.guard_id, Folder.guard_id)
    return and_(Document.trashed_at.is_(None), Folder.gone_id.is_(None), lets_through(actor, guard_id))


def lets_through(actor: Actor, guard_id: Any) -> ColumnElement[bool]:
    """Whether a guard is one of `readable_by`."""
    guard, source, counted, grant = aliased(Guard), aliased(Guard), aliased(GuardSource), aliased(Grant)
    granted = exists().where(
        counted.guard_id == guard_id,
        grant.guard_id == counted.source_id,
        guard.id == guard_id,
        granted_to(actor, grant),
        grant.level >= READ,
        _is_not_banned(actor, guard),
    )
    runs = or_(guard.member_id == actor.id, guard.circle_id.in_(_run_by(actor)))
    ways = [
        granted.correlate_except(guard, counted, grant),
        exists().where(guard.id == guard_id, runs).correlate_except(guard),
    ]
    if is_inside(actor):
        is_open = exists().where(Community.id == source.community_id, Community.access == "open")
        opened = exists().where(
            counted.guard_id == guard_id,
            source.id == counted.source_id,
            source.parent_id.is_(None),
            is_open.correlate_except(Community),
            _is_not_banned(actor, source),
        )
        ways.append(opened.correlate_except(counted, source))
    return or_(*ways)


def readable_by(actor: Actor) -> Select[UUID]:
    """Ids of the guards that let the actor through: granted to him there or above, his own, of a community that he
    runs, or of an open one; none of a community that bans him."""
    let = guards_of(actor, READ).subquery()
    return select(let.c.id)


def guards_of(actor: Actor, least: int) -> CompoundSelect[UUID]:
    """The same with this level at least, before what holds of a whole community: it is archived, say."""
    source = aliased(Guard)
    granted = (
        select(GuardSource.guard_id.label("id"))
        .join(Grant, Grant.guard_id == GuardSource.source_id)
        .join(source, source.id == GuardSource.guard_id)
        .where(granted_to(actor), Grant.level >= least, _is_not_banned(actor, source))
    )
    own = select(Guard.id).where(Guard.member_id == actor.id)
    run = select(Guard.id).where(Guard.circle_id.in_(_run_by(actor)))
    found = [granted, own, run]
    if least <= READ and is_inside(actor):
        found.append(_open_to(actor))
    return union(*found)


def granted_to(actor: Actor, grant: Any = Grant) -> ColumnElement[bool]:
    """Grants to the actor, or to all of what he is in now."""
    kept = aliased(KeptAudienceMember)
    audiences = select(kept.audience_id).where(kept.member_id == actor.id)
    return or_(
        grant.member_id == actor.id,
        grant.circle_id.in_(circles_of(actor.id)),
        grant.audience_id.in_(audiences),
    )


def _open_to(actor: Actor) -> Select[UUID]:
    """Guards for which the space of an open community counts: the whole organisation reads it."""
    source = aliased(Guard)
    is_open = source.community_id.in_(select(Community.id).where(Community.access == "open"))
    return (
        select(GuardSource.guard_id.label("id"))
        .join(source, source.id == GuardSource.source_id)
        .where(source.parent_id.is_(None), is_open, _is_not_banned(actor, source))
    )


def _is_not_banned(actor: Actor, guard: type[Guard]) -> ColumnElement[bool]:
    theirs = aliased(CommunityBan)
    banned = select(theirs.community_id).where(theirs.member_id == actor.id)
    return or_(guard.community_id.is_(None), guard.community_id.not_in(banned))


def _run_by(actor: Actor) -> Select[UUID]:
    mine = aliased(Membership)
    runs = mine.role.in_(("owner", "moderator"))
    return select(mine.circle_id).where(mine.member_id == actor.id, runs, holds(mine))


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands behind a guard. `granted`: the highest level granted to him, counting those above it;
    `is_open`: the whole organisation reads it. Of a community's space: his `role` in it, whether it `is_live`, and
    whether he `accepts` its charter."""

    granted: int
    is_own: bool
    is_open: bool
    role: Role | None
    is_live: bool
    accepts: bool

    @property
    def level(self) -> int:
        """0: nothing. In an archived community everybody only reads, as does who has not accepted the charter of one
        that he is in."""
        if self.is_own:
            return MANAGE
        runs = self.role in {"owner", "moderator"}
        found = MANAGE if runs else max(self.granted, READ if self.is_open else 0)
        is_kept_back = not self.is_live or (self.role == "member" and not self.accepts)
        return min(found, READ) if is_kept_back else found


def name_of(level: int) -> Level:
    return LEVELS[level - 1]


def number_of(level: Level) -> int:
    return LEVELS.index(level) + 1


def may_comment(level: int) -> bool:
    return level >= COMMENT


def may_write(level: int) -> bool:
    return level >= WRITE


def may_share(level: int) -> bool:
    return level >= MANAGE


def may_take_away(level: int, above: int) -> bool:
    """Move something elsewhere or put it in the trash: who writes in what it stands in too. `above`: his level
    there."""
    return level >= WRITE and above >= WRITE


FOLDER_RULES: Mapping[FolderAbility, Callable[[int, int], bool]] = {
    "add": lambda level, _: may_write(level),
    "rename": lambda level, _: may_write(level),
    "move": may_take_away,
    "trash": may_take_away,
    "copy": lambda level, _: level >= READ,
    "share": lambda level, _: may_share(level),
}
OF_SPACES: frozenset[FolderAbility] = frozenset({"add", "share"})
DOCUMENT_RULES: Mapping[DocumentAbility, Callable[[int, int], bool]] = {
    "comment": lambda level, _: may_comment(level),
    "rename": lambda level, _: may_write(level),
    "move": may_take_away,
    "trash": may_take_away,
    "copy": lambda level, _: level >= READ,
    "add_version": lambda level, _: may_write(level),
    "label": lambda level, _: may_write(level),
    "restore": lambda level, _: may_write(level),
    "delete_version": lambda level, _: may_write(level),
    "lock": lambda level, _: may_write(level),
    "unlock": lambda level, _: may_write(level),
    "share": lambda level, _: may_share(level),
}
REFUSED_WHILE_LOCKED: frozenset[DocumentAbility] = frozenset(
    {"rename", "move", "trash", "add_version", "restore", "delete_version", "lock"}
)
"""To others than who locked it."""
NOT_OF_PAGES: frozenset[DocumentAbility] = frozenset({"add_version", "restore", "lock", "unlock"})
"""What is written by several at once is neither replaced nor held."""


def folder_abilities(level: int, above: int, *, is_space: bool) -> list[FolderAbility]:
    """What an actor of this level may do with a folder; `above`: his level in what it stands in."""
    return [
        ability for ability, may in FOLDER_RULES.items() if may(level, above) and (not is_space or ability in OF_SPACES)
    ]


def document_abilities(
    level: int, above: int, *, locked_by: Literal["nobody", "oneself", "another"], is_page: bool = False
) -> list[DocumentAbility]:
    """What he may do with a document. Another's lock is for managers to break."""
    found = [ability for ability, may in DOCUMENT_RULES.items() if may(level, above)]
    if is_page:
        return [ability for ability in found if ability not in NOT_OF_PAGES]
    if locked_by == "another":
        found = [ability for ability in found if ability not in REFUSED_WHILE_LOCKED]
    can_unlock = locked_by == "oneself" or (locked_by == "another" and may_share(level))
    return [ability for ability in found if ability != "unlock" or can_unlock]
