"""Routes of conversations."""

from . import conversations, messages, people, posting

routers = (conversations.router, people.router, posting.router, messages.router)
