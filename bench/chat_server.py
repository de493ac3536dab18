"""What `bench/chat.py` measures: Parvis as it serves, and beside its route for messages the same route without a store.

`BENCH_COMMIT_DELAY` makes each commit of SQLite take longer; nobody is told that he sends too much.
"""

import os
from contextlib import asynccontextmanager
from typing import Any
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
    said = {"id": new_id(), "conversation_id": conversation_id, "root_id": None, "number": 1, "kind": "said"}
    said |= {"author": author, "client_id": draft.client_id, "text": draft.text, "html": draft.text, "about": []}
    said |= dict.fromkeys(("quote", "forwarded", "thread", "edited_at")) | {
        "images": [],
        "files": [],
        "links": [],
        "documents": [],
        "reactions": [],
    }
    said |= {"pinned": False, "bookmarked": False, "gone": False, "created_at": instant(clock.now()), "version": 1}
    return MessageOut.model_validate({**said, "abilities": ["reply", "quote", "react", "edit", "delete"]})


app = application()
