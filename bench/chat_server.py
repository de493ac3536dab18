"""What `bench/chat.py` measures: Parvis as it serves, and beside its route for messages the same route without a store.

`BENCH_COMMIT_DELAY` makes each commit of SQLite take longer; nobody is told that he sends too much.
"""

import os
from contextlib import asynccontextmanager
from typing import Any, get_args, get_origin
from uuid import UUID

from bench.limits import never_refuse
from parvis.accounts.auth import SignedIn
from parvis.app import create_app
from parvis.chat.schemas.messages import MessageDraft, MessageOut, instant
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.garbage import settle
from parvis.kernel.ids import new_id
from parvis.kernel.logging import configure_logging


def application() -> Any:
    settings = Settings(public_url="https://bench", secret_key="-" * 32, embedded_worker=False, log_level="error")
    configure_logging(settings)
    app = create_app(settings)
    settle()
    app.post("/bare/{conversation_id}/messages", status_code=201, tags=["chat"])(bare)
    lifespan = app.router.lifespan_context

    @asynccontextmanager
    async def slowed(app: Any) -> Any:
        async with lifespan(app):
            database = app.state.parvis.database
            if database._writer is not None:  # noqa: SLF001 — slower disks are for benches alone
                database._writer._commit_delay = float(os.environ.get("BENCH_COMMIT_DELAY", "0"))  # noqa: SLF001
            never_refuse(app.state.parvis.limiter)
            yield

    app.router.lifespan_context = slowed
    return app


async def bare(conversation_id: UUID, draft: MessageDraft, actor: SignedIn) -> MessageOut:
    """The same body, the same check of who asks, the same reply: nothing is kept."""
    author = {"id": actor.id, "name": actor.name, "public": actor.shown_public, "affiliation": None, "avatar": None}
    said = {"id": new_id(), "conversation_id": conversation_id, "number": 1, "kind": "said", "author": author}
    said |= {"client_id": draft.client_id, "text": draft.text, "html": draft.text}
    said |= {"created_at": instant(clock.now()), "version": 1}
    abilities = ["reply", "quote", "react", "edit", "delete"]
    return MessageOut.model_validate({**NOTHING, **said, "abilities": abilities})


def _nothing_of(annotation: Any) -> Any:
    """What says the least in a field: None where that may be, else an empty list, false."""
    if type(None) in get_args(annotation):
        return None
    kind = get_origin(annotation) or annotation
    return kind() if kind in {list, bool, str, int} else None


NOTHING = {name: _nothing_of(field.annotation) for name, field in MessageOut.model_fields.items()}
"""Of whatever a message has, so that one that has more is answered too."""
app = application()
