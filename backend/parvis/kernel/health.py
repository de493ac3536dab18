"""For those who watch over the service: is it alive, is it ready, what does it measure."""

import contextlib

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError

from .metrics import REGISTRY
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
async def metrics(parvis: Running) -> Response:
    """Prometheus text format, also while the database is away. Keep it from the public at the proxy."""
    with contextlib.suppress(DBAPIError, OSError):
        await parvis.listeners.measure()
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
