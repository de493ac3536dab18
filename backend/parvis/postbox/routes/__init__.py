"""What comes back from mails, over HTTP."""

from collections.abc import Sequence

from fastapi import APIRouter

from . import addresses, bounces, links

routers: Sequence[APIRouter] = (links.router, addresses.router, bounces.router)
