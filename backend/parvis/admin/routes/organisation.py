"""The organisation: what everybody may know of it, and its settings."""

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn, Visiting
from parvis.accounts.headcount import Headcount
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.schemas.organisation import OrganisationChange, OrganisationOut
from parvis.accounts.service import organisation as service
from parvis.kernel.errors import Forbidden, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.runtime import Running
from parvis.kernel.web import IfMatch, Reading, Writer, documented

router = APIRouter(prefix="/organisation", tags=["organisation"])


@router.get("")
async def get_organisation(actor: Visiting, session: Reading, parvis: Running, response: Response) -> OrganisationOut:
    """The organisation. Members also see how many they are; administrators also see its domains."""
    found = await organisation(session)
    publics = await parvis.part(Headcount).read(session) if actor and actor.publics else None
    response.headers["etag"] = etag_of(found.version)
    return OrganisationOut.of(found, actor, publics, mail_tray=parvis.settings.demo)


@router.patch("", responses=documented([Forbidden, PreconditionFailed]))
async def change_organisation(
    draft: OrganisationChange, actor: SignedIn, write: Writer, parvis: Running, unchanged: IfMatch, response: Response
) -> OrganisationOut:
    """Change the organisation's settings. For administrators."""
    changed = await write(service.change, actor, draft, unchanged)
    response.headers["etag"] = etag_of(changed.version)
    return OrganisationOut.of(changed, actor, None, mail_tray=parvis.settings.demo)
