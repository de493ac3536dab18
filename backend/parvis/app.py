"""Builds the application: settings, routers, error mapping. No logic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from . import __version__, wiring
from .kernel import health, openapi, pages, problems, security_txt, tracing
from .kernel.body_limit import BodyLimit
from .kernel.config import Settings, load_settings
from .kernel.drain import told_to_stop
from .kernel.envelope import Envelope
from .kernel.garbage import settle
from .kernel.limits import RateLimitFields
from .kernel.logging import configure_logging
from .kernel.processes import Heart
from .kernel.runtime import Parvis
from .kernel.signpost import Signpost
from .kernel.web import API, operation_id
from .pages.together.door import AheadOfPages
from .realtime.door import Ahead
from .worker import Worker

CORS_SENT = [
    *("authorization", "content-type", "accept-language", "idempotency-key", "if-match", "if-none-match"),
    *("content-disposition", "repr-digest", "range", "if-range"),
    *("tus-resumable", "upload-length", "upload-metadata", "upload-offset", "upload-checksum"),
]
CORS_READ = [
    *("etag", "retry-after", "ratelimit", "ratelimit-policy", "x-request-id", "idempotency-replayed"),
    *("content-disposition", "content-range", "accept-ranges", "location"),
    *("tus-resumable", "tus-version", "tus-extension", "tus-max-size", "tus-checksum-algorithm"),
    *("upload-length", "upload-metadata", "upload-offset", "upload-expires"),
]
BODY_LIMIT = 2**20
"""Bytes of a request's body, unless a route says otherwise."""


def create_app(settings: Settings) -> FastAPI:
    """The application for `settings`; its parts are opened by its lifespan."""
    app = FastAPI(
        title="Parvis",
        version=__version__,
        description=openapi.ABOUT,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.include_router(health.router)
    app.include_router(security_txt.router)
    for router in wiring.routers():
        app.include_router(router, prefix=API)
    for router in wiring.root_routers():
        app.include_router(router)
    app.include_router(openapi.router, prefix=API)
    app.include_router(pages.router(settings))
    Signpost.put_up(app.router, API)
    problems.install(app)
    openapi.install(app, describe=wiring.DESCRIBERS, security=wiring.SECURITY_SCHEMES, tags=wiring.TAGS)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=False,
            allow_methods=["*"],
            allow_headers=CORS_SENT,
            expose_headers=CORS_READ,
        )
    app.add_middleware(BodyLimit, limit=BODY_LIMIT)
    app.add_middleware(RateLimitFields)
    app.add_middleware(Ahead)
    app.add_middleware(AheadOfPages)
    app.add_middleware(Envelope, settings=settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parvis = Parvis(app.state.settings, listeners=wiring.LISTENERS, handlers=wiring.handlers)
    await parvis.start()
    wiring.add_hooks(parvis)
    wiring.fill_ports(parvis)
    app.state.parvis = parvis
    worker = Worker(parvis) if parvis.settings.embedded_worker else None
    if worker:
        await worker.start()
    heart = Heart(parvis.settings, parvis.database, serves=True, works=worker is not None)
    parvis.add_part(heart)
    heart.start()
    try:
        with told_to_stop(parvis.drain):
            yield
    finally:
        await heart.stop()
        if worker:
            await worker.stop()
        await parvis.stop()
        await tracing.end()


def from_environment() -> FastAPI:
    """What the server runs."""
    settings = load_settings()
    configure_logging(settings)
    tracing.begin(settings, "server")
    app = create_app(settings)
    settle()
    return app
