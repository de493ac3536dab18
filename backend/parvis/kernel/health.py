"""For those who watch over the service: is it alive, is it ready, what does it measure."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

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
async def metrics() -> Response:
    """Prometheus text format. Keep it from the public at the proxy."""
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
