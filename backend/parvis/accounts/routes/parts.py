"""What routes about a member's own account depend on."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.accounts.devices import place_of
from parvis.accounts.oidc import Providers
from parvis.accounts.queries.credentials import credentials
from parvis.accounts.schemas.proof import ProofOut
from parvis.accounts.service import proof
from parvis.accounts.service.totp import TotpVault
from parvis.accounts.webauthn import RelyingParty
from parvis.kernel.limits import client_network, limited
from parvis.kernel.runtime import Parvis, Running


async def whose(actor: SignedIn) -> str:
    """Whose attempts are counted together."""
    return str(actor.member_id)


async def proof_of(session: AsyncSession, actor: Actor, parvis: Parvis, until: datetime | None) -> ProofOut:
    """Until when a session counts as proved, and how its member can prove himself anew."""
    by_university = bool(list(parvis.part(Providers)))
    held = await credentials(session, actor.member_id)
    return ProofOut(proved_until=until, kinds=proof.kinds_for(actor, held, by_university=by_university))


async def _place(request: Request, parvis: Running) -> str:
    return place_of(request.headers.get("user-agent", ""), client_network(request, parvis.settings.trusted_proxies))


async def _party(parvis: Running) -> RelyingParty:
    return RelyingParty.at(parvis.settings.public_url)


async def _totp_vault(parvis: Running) -> TotpVault:
    return parvis.part(TotpVault)


Place = Annotated[str, Depends(_place)]
"""From which device and network, in words for notices."""
Party = Annotated[RelyingParty, Depends(_party)]
SecondFactorVault = Annotated[TotpVault, Depends(_totp_vault)]

changing = limited("change_account", "30/minute", network="600/minute", who=whose)
"""For what a member changes of the account."""
proving = limited("prove", "10/minute", network="300/minute", account="40/hour", who=whose)
"""For what could be guessed: codes and passwords, in an open session."""
