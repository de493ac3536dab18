"""Routes of what members say of themselves."""

from . import avatar, interests, profile

routers = (profile.router, avatar.router, interests.router)
