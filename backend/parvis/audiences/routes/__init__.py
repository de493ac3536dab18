"""Audiences over HTTP, by what they are about."""

from . import audiences, automatic, explaining

routers = (audiences.router, automatic.router, explaining.router)
