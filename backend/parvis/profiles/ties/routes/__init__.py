"""Routes of ties between members."""

from . import blocks, contacts, mentoring

routers = (contacts.router, blocks.router, mentoring.router)
