"""The member who asks: profile, password, and what there is to prove oneself with."""

from fastapi import APIRouter, Response

from parvis.accounts.auth import InPerson, Proved, SignedIn
from parvis.accounts.passwords import Passwords
from parvis.accounts.queries import profile as profiles
from parvis.accounts.queries.credentials import credentials
from parvis.accounts.schemas.profile import CredentialsOut, MeChange, MeOut
from parvis.accounts.schemas.security import PasswordDraft
from parvis.accounts.service import own_password, profile
from parvis.accounts.service.passkeys import LastCredential
from parvis.kernel.errors import NotFound, PreconditionFailed, ProofRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.runtime import Running
from parvis.kernel.web import IfMatch, Reading, Writer, documented

from .parts import Place, changing

router = APIRouter(prefix="/me", tags=["account"])


@router.get("")
async def get_me(session: Reading, actor: SignedIn, response: Response) -> MeOut:
    """Who you are here."""
    member, email = await profiles.me(session, actor)
    response.headers["etag"] = etag_of(member.version)
    return MeOut.of(member, email, actor)


@router.patch("", responses=documented([PreconditionFailed]), dependencies=[changing])
async def change_me(draft: MeChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response) -> MeOut:
    """Change your name, language, appearance, whether others see where you look, or your public."""
    member, email = await write(profile.change, actor, draft, unchanged)
    response.headers["etag"] = etag_of(member.version)
    return MeOut.of(member, email, actor)


@router.get("/credentials")
async def get_my_credentials(session: Reading, actor: InPerson) -> CredentialsOut:
    """What you have to prove yourself with, and what of it you may change."""
    return CredentialsOut.of(await credentials(session, actor.member_id))


@router.put("/password", status_code=204, responses=documented([ProofRequired]), dependencies=[changing])
async def set_password(form: PasswordDraft, actor: Proved, parvis: Running, place: Place) -> None:
    """Set or change your password. Your other sessions end, and a notice goes to your addresses."""
    await own_password.change(parvis.database, parvis.part(Passwords), actor, form.password, place)


@router.delete(
    "/password",
    status_code=204,
    responses=documented([ProofRequired, NotFound, LastCredential]),
    dependencies=[changing],
)
async def remove_password(actor: Proved, write: Writer, place: Place) -> None:
    """Remove your password. Your other sessions end, and a notice goes to your addresses."""
    await write(own_password.remove, actor, place)
