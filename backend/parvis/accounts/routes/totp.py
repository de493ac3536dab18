"""The second factor of the member who asks."""

from fastapi import APIRouter

from parvis.accounts.auth import Proved
from parvis.accounts.schemas.security import RecoveryCodesOut, TotpCode, TotpEnrolmentOut
from parvis.accounts.service import totp
from parvis.accounts.service.totp import TotpAlreadyOn, WrongCode
from parvis.kernel.errors import NotFound, ProofRequired
from parvis.kernel.web import Writer, documented

from .parts import Place, SecondFactorVault, changing, proving

router = APIRouter(prefix="/me", tags=["account"])


@router.post("/totp", status_code=201, responses=documented([ProofRequired, TotpAlreadyOn]), dependencies=[changing])
async def prepare_totp(actor: Proved, write: Writer, vault: SecondFactorVault) -> TotpEnrolmentOut:
    """Get a secret for an authenticator application. It counts once confirmed; one got before is forgotten."""
    return TotpEnrolmentOut.model_validate(await write(totp.enrol, actor, vault))


@router.put(
    "/totp/confirmation",
    responses=documented([ProofRequired, NotFound, TotpAlreadyOn, WrongCode]),
    dependencies=[proving],
)
async def confirm_totp(
    form: TotpCode, actor: Proved, write: Writer, vault: SecondFactorVault, place: Place
) -> RecoveryCodesOut:
    """Turn one-time codes on by a first one. The recovery codes are in this answer and nowhere else."""
    return RecoveryCodesOut.of(await write(totp.confirm, actor, vault, form.code, place))


@router.delete("/totp", status_code=204, responses=documented([ProofRequired, NotFound]), dependencies=[changing])
async def turn_totp_off(actor: Proved, write: Writer, place: Place) -> None:
    """Turn one-time codes off, and forget the recovery codes."""
    await write(totp.turn_off, actor, place)


@router.post(
    "/recovery-codes", status_code=201, responses=documented([ProofRequired, NotFound]), dependencies=[changing]
)
async def renew_recovery_codes(actor: Proved, write: Writer, place: Place) -> RecoveryCodesOut:
    """Ten new recovery codes, shown this once; those before stop working."""
    return RecoveryCodesOut.of(await write(totp.renew_recovery_codes, actor, place))
