"""Audiences over HTTP, by what they are about."""

from . import audiences

routers = (audiences.router,)
