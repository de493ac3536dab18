"""Routes of what members say of themselves."""

from . import interests

routers = (interests.router,)
