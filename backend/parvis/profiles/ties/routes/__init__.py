"""Routes of ties between members."""

from . import blocks, contacts, mails, mentoring

routers = (contacts.router, blocks.router, mentoring.router, mails.router)
