"""Serves the browser application: hashed assets for ever, its page with a fresh nonce for each request, and the worker
that keeps both in the browser."""

import mimetypes
import secrets
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.responses import FileResponse, HTMLResponse, Response

from .config import Settings
from .errors import NotFound, Unavailable

DIST = Path(__file__).resolve().parents[3] / "frontend" / "dist"
NONCE = "__CSP_NONCE__"
FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
WORKER = "sw.js"
WORKER_POLICY = "default-src 'none'; connect-src 'self'"
"""Of the service worker, which has one of its own: it fetches from here, and runs no other script."""


class _PagePath(PathConvertor):
    """Every path that is not the API's: else a GET where only POST exists would be not found, and not 405."""

    regex = r"(?!api/|health/|metrics$).*"


register_url_convertor("page", _PagePath())


def page_policy(nonce: str) -> str:
    """The Content-Security-Policy of a page: our own scripts, and style elements that carry the nonce."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def router(settings: Settings, dist: Path = DIST) -> APIRouter:
    """Routes for the built application; every path that is not the API's answers with its page."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/{path:page}", methods=["GET", "HEAD"])
    async def page_or_asset(path: str, request: Request) -> Response:
        asset = _asset(dist, path)
        if asset is not None:
            return _file(asset, request, dist)
        if "." in path.rpartition("/")[2]:
            raise NotFound
        return _page(dist)

    return routes


def _asset(dist: Path, path: str) -> Path | None:
    if not path or path == "index.html" or "\0" in path:
        return None
    found = (dist / path).resolve()
    inside = found.is_relative_to(dist.resolve()) and not any(part.startswith(".") for part in Path(path).parts)
    return found if inside and found.is_file() else None


def _file(asset: Path, request: Request, dist: Path) -> Response:
    media_type = mimetypes.guess_type(asset.name)[0] or "application/octet-stream"
    kept = FOR_EVER if asset.parent == (dist / "assets").resolve() else A_WHILE
    headers = {"cache-control": kept, "vary": "accept-encoding"}
    if asset == (dist / WORKER).resolve():
        headers |= {"cache-control": "no-cache", "content-security-policy": WORKER_POLICY}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in ENCODINGS:
        packed = asset.with_name(asset.name + suffix)
        if encoding in accepted and packed.is_file():
            return FileResponse(packed, media_type=media_type, headers={**headers, "content-encoding": encoding})
    return FileResponse(asset, media_type=media_type, headers=headers)


def _page(dist: Path) -> Response:
    index = dist / "index.html"
    if not index.is_file():
        raise Unavailable(
            {"fr": "L’interface n’est pas construite (make run).", "en": "The interface is not built (make run)."}
        )
    nonce = secrets.token_urlsafe(16)
    html = index.read_text(encoding="utf-8").replace(NONCE, nonce)
    return HTMLResponse(html, headers={"content-security-policy": page_policy(nonce), "cache-control": "no-store"})
