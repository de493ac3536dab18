"""Two cookies: the session's, and a short one that tells the browser that asked for a link from all others."""

import re

from starlette.requests import Request
from starlette.responses import Response

from parvis.kernel.secrets import hash_token, new_token

from .actor import KEPT_AT_MOST
from .auth import cookie_name

DOOR = "__Host-parvis-door"
DEV_DOOR = "parvis-dev-door"
DOOR_SECONDS = 20 * 60
"""A little longer than a link, so that the last second of the link is not lost."""
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class Cookies:
    """Reads and writes them for one request. Secure and `__Host-` whenever Parvis is reached by https."""

    def __init__(self, request: Request, response: Response, *, secure: bool) -> None:
        self._request = request
        self._response = response
        self._secure = secure
        self._session = cookie_name(secure)
        self._door = DOOR if secure else DEV_DOOR

    @property
    def session(self) -> str | None:
        return self._read(self._session)

    @property
    def browser(self) -> bytes | None:
        """The hash of what this browser was marked with, if it was."""
        mark = self._read(self._door)
        return hash_token(mark) if mark else None

    def mark_browser(self) -> bytes:
        """Marks the browser as the one that asked, and gives the hash to keep. A mark it already has is kept, so that
        links asked for before open too."""
        mark = self._read(self._door) or new_token()
        self._write(self._door, mark, DOOR_SECONDS)
        return hash_token(mark)

    def set_session(self, value: str) -> None:
        """How long the session lasts is decided by the server; the cookie outlives it."""
        self._write(self._session, value, int(KEPT_AT_MOST.total_seconds()))

    def clear_session(self) -> None:
        self._write(self._session, "", 0)

    def _read(self, name: str) -> str | None:
        value = self._request.cookies.get(name, "")
        return value if SECRET.fullmatch(value) else None

    def _write(self, name: str, value: str, seconds: int) -> None:
        self._response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax"
        )
