"""Handing messages to push services (RFC 8030). Their addresses are what browsers say: strangers' words."""

import json
from collections.abc import Mapping
from email.utils import parseaddr
from enum import Enum, auto
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog

from parvis.kernel.config import Settings
from parvis.kernel.fetch import Fetcher, FetchFailed, FetchRefused
from parvis.kernel.jobs import NotNow

from .encryption import ApplicationServer, encoded, encrypt
from .models import PushDevice

log = structlog.get_logger()

TTL = 24 * 60 * 60
"""Seconds for which a push service keeps what it cannot hand over yet."""
SECONDS = 10


class Outcome(Enum):
    TAKEN = auto()
    GONE = auto()
    """The device is not there any more."""
    REFUSED = auto()
    """It will not be taken however often it is sent."""


class PushServices:
    """All push services: one client of them for a process, made when first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        contact = settings.public_url if settings.secure else f"mailto:{parseaddr(settings.mail_from)[1]}"
        self.server = ApplicationServer(settings.secret, contact)

    @cached_property
    def _fetcher(self) -> Fetcher:
        return Fetcher(ports=frozenset({443}), trusted=self._settings.push_trusted, seconds=SECONDS, max_bytes=2**16)

    async def check(self, endpoint: str) -> None:
        """Raises `FetchFailed` for an address that nothing is sent to: not encrypted, or of a private network."""
        self._vet(endpoint)
        await self._fetcher.check(endpoint)

    async def send(self, device: PushDevice, message: Mapping[str, Any], topic: UUID, *, urgent: bool) -> Outcome:
        """Encrypts it for the device and hands it over. What waits there under the same topic is replaced. Raises
        `NotNow` when the service is to be asked again later."""
        try:
            self._vet(device.endpoint)
            body = encrypt(json.dumps(message, ensure_ascii=False).encode(), device.key, device.secret)
            headers = {
                "authorization": self.server.authorization(_origin(device.endpoint)),
                "content-encoding": "aes128gcm",
                "content-type": "application/octet-stream",
                "ttl": str(TTL),
                "urgency": "high" if urgent else "normal",
                "topic": encoded(topic.bytes),
            }
            answer = await self._fetcher.post(device.endpoint, body, headers=headers)
        except FetchRefused as refused:
            log.warning("push.refused", device=str(device.id), reason=refused.reason)
            return Outcome.REFUSED
        except FetchFailed as failed:
            raise NotNow(f"push service: {failed}") from failed
        return _outcome(device, answer.status)

    def _vet(self, endpoint: str) -> None:
        if not endpoint.startswith("https://") and _origin(endpoint) not in self._settings.push_trusted:
            raise FetchRefused("scheme")


def _outcome(device: PushDevice, status: int) -> Outcome:
    if status in {404, 410}:
        return Outcome.GONE
    if status == 429 or status >= 500:
        raise NotNow(f"push service: {status}")
    if 200 <= status < 300:
        return Outcome.TAKEN
    log.warning("push.refused", device=str(device.id), status=status)
    return Outcome.REFUSED


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
