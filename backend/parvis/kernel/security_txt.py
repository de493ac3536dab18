"""Where flaws are to be told (RFC 9116), where the deployment says it."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from . import clock
from .errors import NotFound
from .i18n import LANGUAGES
from .runtime import Running

PATH = "/.well-known/security.txt"
HOLDS = timedelta(days=90)
"""From the day on which it is read: it stands for as long as somebody configures and serves it."""

router = APIRouter(include_in_schema=False)


@router.api_route(PATH, methods=["GET", "HEAD"])
async def read_security_txt(parvis: Running) -> PlainTextResponse:
    """Raises `NotFound` where no contact is configured."""
    settings = parvis.settings
    if not settings.security_contact:
        raise NotFound
    expires = (clock.now() + HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {contact}" for contact in settings.security_contact),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.public_url}{PATH}",
    ]
    if settings.security_policy:
        lines.append(f"Policy: {settings.security_policy}")
    return PlainTextResponse("\n".join(lines) + "\n", headers={"cache-control": "public, max-age=86400"})
