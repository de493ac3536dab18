"""Routes of announcements."""

from . import drafts, reading, sent

routers = (sent.router, drafts.router, reading.router)
