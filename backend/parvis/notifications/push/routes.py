"""Devices over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from parvis.accounts.auth import SignedIn
from parvis.accounts.models import Session
from parvis.kernel.errors import Forbidden, NotFound, invalid
from parvis.kernel.fetch import FetchFailed
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented

from . import queries, service
from .delivery import PushServices
from .models import PushDevice
from .schemas import DeviceDraft, DeviceOut, PushKeyOut, ShownDraft
from .service import Subscription

router = APIRouter(tags=["notifications"])


async def _services(parvis: Running) -> PushServices:
    return parvis.part(PushServices)


Services = Annotated[PushServices, Depends(_services)]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


@router.get("/devices/key")
async def get_push_key(_actor: SignedIn, services: Services) -> PushKeyOut:
    """The key to give to a push service when a device asks it to be pushed to by this server."""
    return PushKeyOut(public_key=services.server.public_key)


@router.get("/devices")
async def list_devices(actor: SignedIn, session: Reading, page: PageQuery) -> Page[DeviceOut]:
    """The devices that you are pushed to, the last added first: each until the session ends that added it."""

    def shown(device: PushDevice, of: Session) -> DeviceOut:
        return DeviceOut.of(device, of, actor)

    return await paginate(session, queries.devices_of(actor), (PushDevice.id.desc(),), page, shown)


@router.post(
    "/devices",
    status_code=201,
    responses=documented([Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("register_device", "30/hour", network="600/hour", who=whose)],
)
async def register_device(draft: DeviceDraft, actor: SignedIn, once: Once, services: Services) -> DeviceOut:
    """Have this session’s device told of what is new while Parvis is closed there: a session has one. What it is to
    say is changed by doing so again."""
    try:
        await services.check(draft.endpoint)
    except FetchFailed:
        raise invalid(
            *("endpoint", "refused"), "Rien n’est envoyé à cette adresse.", "Nothing is sent to this address."
        ) from None

    def shown(made: tuple[PushDevice, Session]) -> DeviceOut:
        return DeviceOut.of(*made, actor)

    return await once(shown, service.register, actor, Subscription(**draft.model_dump()))


@router.delete("/devices/{device_id:uuid}", status_code=204, responses=documented([NotFound]))
async def remove_device(device_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Have one of your devices told of nothing any more."""
    await write(service.remove, actor, device_id)


@router.put(
    "/notifications/shown",
    status_code=204,
    dependencies=[limited("show_notifications", "2400/hour", network="48000/hour", who=whose)],
)
async def show_notifications(draft: ShownDraft, actor: SignedIn, write: Writer) -> None:
    """Say that one of your devices shows you Parvis now, and that something is new there: your others are not pushed
    to for it. Say so within 10 s, if `is_pushed` of the count says that there are others."""
    await write(service.show, actor, draft.up_to)
