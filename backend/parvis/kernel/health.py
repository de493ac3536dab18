"""For those who watch over the service: is it alive, is it ready, what does it measure."""

import contextlib
import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError

from .errors import NotFound
from .metrics import exposition
from .runtime import Running

router = APIRouter(include_in_schema=False)


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/health/ready")
async def ready(parvis: Running) -> dict[str, str]:
    """The database answers too; otherwise 503."""
    await parvis.database.ping()
    return {"status": "ready"}


@router.get("/metrics")
async def metrics(parvis: Running, authorization: Annotated[str, Header()] = "") -> Response:
    """Prometheus text format, also while the database is away. To who has the token, where one is set; else keep it
    from the public at the proxy."""
    token = parvis.settings.metrics_token
    if token and not hmac.compare_digest(authorization.encode(), f"Bearer {token.get_secret_value()}".encode()):
        raise NotFound
    with contextlib.suppress(DBAPIError, OSError):
        await parvis.listeners.measure()
        await parvis.jobs.measure()
    return Response(exposition(), media_type=CONTENT_TYPE_LATEST)
