"""Routes of conversations."""

from . import conversations, messages, people, posting, preferences

routers = (posting.router, conversations.router, people.router, messages.router, preferences.router)
