"""Changing the organisation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.events import OrganisationChanged
from parvis.accounts.models import Organisation
from parvis.accounts.queries.organisation import default_organisation
from parvis.accounts.schemas.organisation import OrganisationChange
from parvis.kernel.audit import audit
from parvis.kernel.errors import invalid, require
from parvis.kernel.events import record

ADMINISTRATORS_ONLY = {
    "fr": "Seuls les administrateurs changent cela.",
    "en": "Only administrators change this.",
}


async def change(
    session: AsyncSession, actor: Actor, draft: OrganisationChange, unchanged: Callable[[int], None]
) -> Organisation:
    """Raises `Forbidden`, `PreconditionFailed`, and `Invalid` when the default language is not one of the languages."""
    require(policy.may_change_organisation(actor), ADMINISTRATORS_ONLY)
    organisation = await kept_organisation(session)
    unchanged(organisation.version)
    given = draft.model_dump(exclude_unset=True)
    changed = {field: value for field, value in given.items() if getattr(organisation, field) != value}
    _apply(organisation, changed)
    if organisation.default_language not in organisation.languages:
        raise invalid(
            "default_language",
            "not_offered",
            "Choisissez une des langues proposées.",
            "Choose one of the languages offered.",
        )
    if changed:
        _remember(session, organisation, actor.id, sorted(changed))
    return organisation


async def set_logo(session: AsyncSession, actor: Actor, file_id: UUID | None) -> Organisation:
    """Gives the organisation a logo, or takes it away. Raises `Forbidden`."""
    require(policy.may_change_organisation(actor), ADMINISTRATORS_ONLY)
    organisation = await kept_organisation(session)
    if organisation.logo_file_id != file_id:
        organisation.logo_file_id = file_id
        _remember(session, organisation, actor.id, ["logo"])
    return organisation


async def found(session: AsyncSession, *, name: str, short_name: str, domains: dict[str, str]) -> Organisation:
    """Says for the first time which organisation this deployment serves. Nobody asks: the command line does."""
    organisation = await kept_organisation(session)
    _apply(organisation, {"name": name, "short_name": short_name, "domains": domains})
    if domains:
        organisation.registration = "domains"
    _remember(session, organisation, None, ["domains", "name", "registration", "short_name"])
    return organisation


async def kept_organisation(session: AsyncSession) -> Organisation:
    """The organisation's row, made when there is none, held until the commit."""
    organisation = await session.get(Organisation, 1, with_for_update=True, populate_existing=True)
    if organisation is None:
        organisation = default_organisation()
        session.add(organisation)
        await session.flush()
    return organisation


def _apply(organisation: Organisation, changed: dict[str, Any]) -> None:
    for field, value in changed.items():
        setattr(organisation, field, value)


def _remember(session: AsyncSession, organisation: Organisation, actor_id: UUID | None, fields: list[str]) -> None:
    organisation.version += 1
    audit(session, actor_id, "organisation.changed", "organisation", detail={"fields": fields})
    record(session, OrganisationChanged(version=organisation.version), actor_id=actor_id)
