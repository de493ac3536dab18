"""Proving again, in an open session, who is there."""

from datetime import datetime

from fastapi import APIRouter

from parvis.accounts.actor import Actor
from parvis.accounts.auth import InPerson
from parvis.accounts.passwords import Passwords
from parvis.accounts.schemas.proof import (
    CodeProof,
    CodeProofOptions,
    PasskeyProof,
    PasskeyProofOptions,
    PasswordProof,
    ProofGiven,
    ProofOptions,
    ProofOut,
    ProofWanted,
)
from parvis.accounts.service import proof
from parvis.accounts.service.passkeys import PasskeyUnknown
from parvis.accounts.service.proof import ProofNotOffered, WrongPassword
from parvis.accounts.service.totp import WrongCode
from parvis.accounts.webauthn import PasskeyRefused
from parvis.kernel.errors import Gone
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented

from .parts import Party, Place, SecondFactorVault, proof_of, proving

router = APIRouter(prefix="/session/proof", tags=["account"])


@router.get("")
async def get_proof(session: Reading, actor: InPerson, parvis: Running) -> ProofOut:
    """Until when this session counts as proved, and how you can prove it anew."""
    return await proof_of(session, actor, parvis, proof.proved_until(actor))


@router.post("/options", responses=documented([ProofNotOffered]), dependencies=[proving])
async def prepare_proof(wanted: ProofWanted, actor: InPerson, write: Writer, party: Party) -> ProofOptions:
    """A challenge for one of your passkeys, or a code by mail; for this session alone, for fifteen minutes."""
    if wanted.kind == "passkey":
        return PasskeyProofOptions(public_key=await write(proof.passkey_options, actor, party))
    return CodeProofOptions.of(await write(proof.send_code, actor))


@router.post(
    "",
    responses=documented([ProofNotOffered, Gone, WrongPassword, WrongCode, PasskeyRefused, PasskeyUnknown]),
    dependencies=[proving],
)
async def prove(
    given: ProofGiven, actor: InPerson, parvis: Running, party: Party, vault: SecondFactorVault, place: Place
) -> ProofOut:
    """Prove that it is you. For ten minutes this session may then change who can get in."""
    until = await _judged(given, actor, parvis, party, vault, place)
    async with parvis.database.reading() as session:
        return await proof_of(session, actor, parvis, until)


async def _judged(
    given: ProofGiven, actor: Actor, parvis: Running, party: Party, vault: SecondFactorVault, place: str
) -> datetime:
    write = parvis.database.write
    match given:
        case PasskeyProof():
            return await proof.by_passkey(write, actor, party, given.credential, place)
        case PasswordProof():
            return await proof.by_password(parvis.database, parvis.part(Passwords), actor, given.password)
        case CodeProof(kind="totp"):
            return await write(proof.by_totp, actor, vault, given.code)
        case CodeProof():
            return await proof.by_email_code(write, actor, given.code)
