"""Deciding on what was reported, and taking back what was hidden."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.service import moderating as chat_moderating
from parvis.communities.service import bans
from parvis.communities.service.telling import hold
from parvis.communities.service.upkeep import hand_over_orphans
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, NotFound
from parvis.kernel.events import record
from parvis.moderation import policy, queries
from parvis.moderation.events import CaseDecided, Moderated, ReportDecided
from parvis.moderation.models import Case, Level, Report
from parvis.moderation.queries import Around, SeenCase
from parvis.moderation.schemas.cases import DecisionDraft
from parvis.pages.threads import moderating as page_moderating
from parvis.posts.service import moderating

from . import mails

TOLD_AT_ONCE = 500
"""Those who reported are told; of more than these, the others find it in their list."""
Unchanged = Callable[[int], None]


class AlreadyDecided(Conflict):
    code = "already_decided"
    title = {"fr": "Ce signalement a déjà été traité.", "en": "This report was already decided on."}


class NobodyToExcludeFrom(Conflict):
    code = "nothing_to_exclude_from"
    title = {
        "fr": "On n’exclut que d’une communauté\u00a0: suspendre un compte revient à la gestion des personnes.",
        "en": "One is put out of communities alone: suspending an account is for those who manage people.",
    }


class NothingHidden(Conflict):
    code = "nothing_hidden"
    title = {"fr": "Ce signalement ne masque rien.", "en": "This report hides nothing."}


async def decide(
    session: AsyncSession, actor: Actor, case_id: UUID, draft: DecisionDraft, unchanged: Unchanged
) -> SeenCase:
    """Closes a case. Of two who decide at once, the second is told that it changed.

    Raises `NotFound`, `PreconditionFailed`, `AlreadyDecided` and `NobodyToExcludeFrom`.
    """
    case = await _held(session, actor, case_id, unchanged)
    if not policy.is_open(case):
        raise AlreadyDecided
    if case.community_id is None and draft.on_author == "exclude":
        raise NobodyToExcludeFrom
    case.decided_as = await queries.level_of(session, actor, case)
    case.decided_at, case.decided_by = clock.now(), actor.id
    case.on_content, case.on_author, case.reason = draft.on_content, draft.on_author, draft.reason
    case.version += 1
    await session.flush()
    await _act(session, actor, case)
    _enter(session, actor, case, "case.decided")
    await _tell(session, case)
    await _tell_deciders(session, case)
    return await queries.case(session, actor, case_id)


async def read_around(session: AsyncSession, actor: Actor, case_id: UUID) -> tuple[Case, Around]:
    """What was said next to a message, for who decides on it and as long as it is open; kept in the audit log. Raises
    `NotFound` and `AlreadyDecided`."""
    case = (
        await session.execute(select(Case).where(Case.id == case_id, policy.visible_to(actor)))
    ).scalar_one_or_none()
    if case is None or case.conversation_id is None:
        raise NotFound
    if not policy.is_open(case):
        raise AlreadyDecided
    found = await queries.around(session, actor, case)
    detail = {"conversation_id": str(case.conversation_id), "message_id": str(case.subject_id)}
    audit(session, actor.id, "case.read_around", "case", case.id, {**detail, "messages": len(found.messages)})
    return case, found


async def restore(session: AsyncSession, actor: Actor, case_id: UUID, unchanged: Unchanged) -> SeenCase:
    """Shows again what a case hid. Raises `NotFound`, `PreconditionFailed` and `NothingHidden`."""
    case = await _held(session, actor, case_id, unchanged)
    if not policy.may_restore(case):
        raise NothingHidden
    case.restored_at = clock.now()
    case.version += 1
    await session.flush()
    await _hide(session, actor, case, hidden=False)
    _enter(session, actor, case, "case.restored")
    _tell_author(session, case)
    await _tell_deciders(session, case)
    return await queries.case(session, actor, case_id)


async def _held(session: AsyncSession, actor: Actor, case_id: UUID, unchanged: Unchanged) -> Case:
    """A case that the actor sees, held until the commit, in the version that he saw."""
    query = select(Case).where(Case.id == case_id, policy.visible_to(actor))
    case = (await session.execute(query)).scalar_one_or_none()
    if case is None:
        raise NotFound
    held = select(Case).where(Case.id == case_id).with_for_update()
    case = (await session.execute(held.execution_options(populate_existing=True))).scalar_one()
    unchanged(case.version)
    return case


async def _act(session: AsyncSession, actor: Actor, case: Case) -> None:
    if case.on_content == "hide":
        await _hide(session, actor, case, hidden=True)
    elif case.on_content == "remove":
        await _remove(session, actor, case)
    if case.on_author == "exclude" and case.community_id is not None:
        community = await hold(session, case.community_id)
        await bans.keep_out(session, actor, community, case.author_id, case.reason)
        await hand_over_orphans(session)


async def _remove(session: AsyncSession, actor: Actor, case: Case) -> None:
    if case.subject_kind == "message":
        await chat_moderating.remove_message(session, actor, case.subject_id)
    elif case.subject_kind == "page_comment":
        await page_moderating.remove_comment(session, actor, case.subject_id)
    elif case.subject_kind == "comment":
        await moderating.remove_comment(session, actor, case.subject_id)
    else:
        await moderating.remove_post(session, actor, case.subject_id, case.community_id)


async def _hide(session: AsyncSession, actor: Actor, case: Case, *, hidden: bool) -> None:
    if case.subject_kind == "message":
        await chat_moderating.hide_message(session, actor, case.subject_id, hidden=hidden)
    elif case.subject_kind == "page_comment":
        await page_moderating.hide_comment(session, actor, case.subject_id, hidden=hidden)
    elif case.subject_kind == "comment":
        await moderating.hide_comment(session, actor, case.subject_id, hidden=hidden)
    else:
        await moderating.hide_post(session, actor, case.subject_id, case.community_id, hidden=hidden)


def _enter(session: AsyncSession, actor: Actor, case: Case, action: str) -> None:
    """Not the reason, which is prose about somebody."""
    detail = {
        "community_id": str(case.community_id) if case.community_id else None,
        "subject_kind": case.subject_kind,
        "subject_id": str(case.subject_id),
        "author_id": str(case.author_id),
        "on_what": case.on_content,
        "on_author": case.on_author,
        "decided_as": case.decided_as,
    }
    audit(session, actor.id, action, "case", case.id, detail)


async def _tell(session: AsyncSession, case: Case) -> None:
    """Both sides: each what he may know."""
    outcome = policy.outcome(case)
    assert outcome is not None
    query = select(Report.reporter_id).where(Report.case_id == case.id).order_by(Report.at).limit(TOLD_AT_ONCE)
    about = {"kind": case.subject_kind, "id": case.subject_id, "about": _about(case)}
    for reporter_id in await session.scalars(query):
        fact = ReportDecided(member_id=reporter_id, community_id=case.community_id, outcome=outcome, **about)
        record(session, fact)
    if policy.is_acted(case):
        _tell_author(session, case)
        await mails.write_decision(session, case)


def _about(case: Case) -> UUID:
    """Under which its author and those who reported it find it."""
    return case.post_id or case.document_id or case.subject_id


def _tell_author(session: AsyncSession, case: Case) -> None:
    fact = Moderated(
        member_id=case.author_id,
        kind=case.subject_kind,
        id=case.subject_id,
        about=_about(case),
        case_id=case.id,
        community_id=case.community_id,
        on_content=case.on_content,
        on_author=case.on_author,
        restored=case.restored_at is not None,
    )
    record(session, fact)


async def _tell_deciders(session: AsyncSession, case: Case) -> None:
    level, ids = await queries.deciders(session, case)
    levels: dict[UUID, Level] = {}
    if case.decided_as == "organisation":
        others = await queries.organisation_moderators(session, but=case.author_id)
        levels.update((id_, "organisation") for id_ in others)
    levels.update((id_, level) for id_ in ids)
    for member_id in sorted(levels):
        about = {"id": case.id, "community_id": case.community_id, "level": levels[member_id]}
        record(session, CaseDecided(member_id=member_id, **about))
