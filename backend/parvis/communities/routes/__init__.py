"""Routes of communities."""

from . import communities, door, people

routers = (communities.router, people.router, door.router)
