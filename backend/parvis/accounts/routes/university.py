"""University sign-in: coming in by it, proving again by it, and making it one's own.

Each begins with an address to send the browser to. It comes back to a page of ours, which hands the answer over.
"""

from fastapi import APIRouter

from parvis.accounts.auth import InPerson, Proved
from parvis.accounts.doorway import AtTheDoor
from parvis.accounts.oidc import IdentityRefused, Providers, ProviderUnavailable
from parvis.accounts.queries.credentials import credentials
from parvis.accounts.schemas.profile import CredentialsOut
from parvis.accounts.schemas.proof import ProofOut
from parvis.accounts.schemas.sign_in import LinkConfirmation, SignInOut
from parvis.accounts.schemas.university import ProviderOut, UniversityAddressOut, UniversityAnswer, UniversityWish
from parvis.accounts.service import proof, uniting, university
from parvis.accounts.service.claims import AddressTaken
from parvis.accounts.service.passkeys import session_mark
from parvis.accounts.service.proof import ProofNotOffered, SomebodyElse
from parvis.accounts.service.sign_in import AccountClosed
from parvis.accounts.service.uniting import AlreadyIdentified, IdentityTaken
from parvis.accounts.service.university import IdentityUnknown, UniversityDeclined
from parvis.kernel.errors import Gone, NotFound, ProofRequired
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page
from parvis.kernel.runtime import Running
from parvis.kernel.web import Language, Writer, documented

from .parts import Place, changing, proof_of, proving

router = APIRouter(tags=["account"])
door = APIRouter(tags=["door"])

UNASKED = [NotFound, ProviderUnavailable]
UNANSWERED = [NotFound, Gone, UniversityDeclined, IdentityRefused, ProviderUnavailable]


@door.get("/university-providers")
async def list_university_providers(parvis: Running) -> Page[ProviderOut]:
    """The university sign-in services that are relied on here, in the order to show them; all on one page."""
    return Page(items=[ProviderOut.of(provider) for provider in parvis.part(Providers)], next=None)


@door.post(
    "/university-sign-ins", responses=documented(UNASKED), dependencies=[limited("ask_university", "600/minute")]
)
async def request_university_sign_in(
    wish: UniversityWish, at: AtTheDoor, parvis: Running, language: Language
) -> UniversityAddressOut:
    """Ask to be signed in by a university. Only this browser can bring the answer back, once, within ten minutes."""
    provider = parvis.part(Providers).named(wish.provider)
    browser = at.cookies.mark_browser()
    url = await university.ask(parvis.database.write, provider, "sign_in", language, browser=browser)
    return UniversityAddressOut(authorization_url=url)


@door.post(
    "/sessions/university",
    responses=documented([*UNANSWERED, IdentityUnknown, AccountClosed]),
    dependencies=[limited("university_sign_in", "600/minute")],
)
async def sign_in_with_university(given: UniversityAnswer, at: AtTheDoor, parvis: Running) -> SignInOut:
    """Sign in by what the university answered. Who was entered by the institution and comes for the first time has his
    account opened."""
    provider = parvis.part(Providers).named(given.provider)
    outcome = await university.sign_in(
        parvis.database.write, provider, given.state, given.answer, browser=at.cookies.browser, device=at.device
    )
    return at.answer(outcome)


@router.post("/session/proof/university", responses=documented([*UNASKED, ProofNotOffered]), dependencies=[proving])
async def prepare_university_proof(
    wish: UniversityWish, actor: InPerson, parvis: Running, write: Writer, language: Language
) -> UniversityAddressOut:
    """Ask to prove again, at your university, that it is you; for this session alone, within ten minutes."""
    provider = parvis.part(Providers).named(wish.provider)
    await write(proof.require_offered, actor, "university")
    url = await university.ask(write, provider, "prove", language, browser=session_mark(actor), actor=actor)
    return UniversityAddressOut(authorization_url=url)


@router.put(
    "/session/proof/university",
    responses=documented([*UNANSWERED, ProofNotOffered, SomebodyElse]),
    dependencies=[proving],
)
async def prove_by_university(given: UniversityAnswer, actor: InPerson, parvis: Running) -> ProofOut:
    """Prove that it is you by what the university answered."""
    provider = parvis.part(Providers).named(given.provider)
    until = await university.prove(parvis.database.write, provider, given.state, given.answer, actor)
    async with parvis.database.reading() as session:
        return await proof_of(session, actor, parvis, until)


@router.post("/me/university-identity", responses=documented([*UNASKED, ProofRequired]), dependencies=[changing])
async def prepare_university_identity(
    wish: UniversityWish, actor: Proved, parvis: Running, write: Writer, language: Language
) -> UniversityAddressOut:
    """Ask your university who you are, to make that identity your account’s; for this session alone."""
    provider = parvis.part(Providers).named(wish.provider)
    url = await university.ask(write, provider, "link", language, browser=session_mark(actor), actor=actor)
    return UniversityAddressOut(authorization_url=url)


@router.put(
    "/me/university-identity",
    responses=documented([*UNANSWERED, ProofRequired, AlreadyIdentified, IdentityTaken]),
    dependencies=[changing],
)
async def link_university_identity(
    given: UniversityAnswer, actor: Proved, parvis: Running, place: Place
) -> CredentialsOut:
    """Make the identity that the university answered your account’s: it signs you in from then on.

    What the institution had entered under that identity, and nobody had opened, becomes your account’s. A notice goes
    to your addresses. Only people administrators take an identity away.
    """
    provider = parvis.part(Providers).named(given.provider)
    await university.link(parvis.database.write, provider, given.state, given.answer, actor, place)
    async with parvis.database.reading() as session:
        return CredentialsOut.of(await credentials(session, actor.member_id))


@router.post(
    "/me/records",
    status_code=204,
    responses=documented([ProofRequired, Gone, AddressTaken, AlreadyIdentified, IdentityTaken]),
    dependencies=[changing],
)
async def join_record(form: LinkConfirmation, actor: Proved, write: Writer, place: Place) -> None:
    """Join the record that an activation link is for to your account, instead of opening a second one.

    Its affiliations, identifier and address become your account’s. A notice goes to your addresses.
    """
    await write(uniting.join_record, actor, form.token, place)
