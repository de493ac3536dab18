"""What a token that may search may find: what it may read without searching. Pure."""

from collections.abc import Mapping

from parvis.accounts.actor import Actor

from .models import Kind

NEEDED: Mapping[Kind, str] = {
    "person": "directory:read",
    "community": "communities:read",
    "post": "posts:read",
    "event": "posts:read",
    "comment": "posts:read",
    "message": "chat:read",
    "document": "documents:read",
    "page": "documents:read",
}


def readable_kinds(actor: Actor) -> tuple[Kind, ...]:
    return tuple(kind for kind, scope in NEEDED.items() if actor.may_use(scope))
