"""Routes of communities."""

from . import communities, people

routers = (communities.router, people.router)
