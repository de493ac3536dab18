"""Routes of communities."""

from . import communities, door, people, pictures

routers = (communities.router, people.router, pictures.router, door.router)
