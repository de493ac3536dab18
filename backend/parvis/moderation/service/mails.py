"""Mails to those on whom moderators decided."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.communities.models import Community
from parvis.kernel.errors import Text
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language, pick
from parvis.moderation.models import Case
from parvis.moderation.policy import is_private

PAGE = "/settings/reports"
SQUARE: Text = {"fr": "La place", "en": "The square"}
TALK: Text = {"fr": "Messages", "en": "Messages"}
PAGES: Text = {"fr": "Documents", "en": "Documents"}
EXCLUDED: Text = {
    "fr": "Vous ne faites plus partie de « {community} »",
    "en": "You are no longer in “{community}”",
}
WARNED: Text = {
    "fr": "Un avertissement dans « {community} »",
    "en": "A warning in “{community}”",
}
HIDDEN: Text = {
    "fr": "Votre message a été masqué dans « {community} »",
    "en": "Your message was hidden in “{community}”",
}
REMOVED: Text = {
    "fr": "Votre message a été retiré de « {community} »",
    "en": "Your message was removed from “{community}”",
}
AND_WARNED: Text = {"fr": "{decision}, avec un avertissement", "en": "{decision}, with a warning"}


async def write_decision(session: AsyncSession, case: Case) -> None:
    """Mails its author at the main address, while it is his, what was decided and why."""
    mine = (Address.member_id == case.author_id, Address.is_primary.is_(True), identifying())
    email = await session.scalar(select(Address.email).where(*mine))
    if email is None:
        return
    author = await session.get_one(Member, case.author_id)
    decision = _decision(case, await _where(session, case, author), author.language)
    words = {"link": PAGE, "decision": decision, "reason": case.reason}
    await notices.send(session, author, "moderated", email, words)


async def _where(session: AsyncSession, case: Case, author: Member) -> str:
    if case.community_id is not None:
        return (await session.get_one(Community, case.community_id)).name
    where = PAGES if case.subject_kind == "page_comment" else TALK if is_private(case) else SQUARE
    return pick(where, author.language if is_language(author.language) else DEFAULT_LANGUAGE)


def _decision(case: Case, community: str, language: str) -> str:
    """The gravest of it first."""
    written = language if is_language(language) else DEFAULT_LANGUAGE
    if case.on_author == "exclude":
        return pick(EXCLUDED, written).format(community=community)
    if case.on_content == "keep":
        return pick(WARNED, written).format(community=community)
    decision = pick(HIDDEN if case.on_content == "hide" else REMOVED, written).format(community=community)
    return pick(AND_WARNED, written).format(decision=decision) if case.on_author == "warn" else decision
