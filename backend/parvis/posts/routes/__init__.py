"""Routes of posts."""

from . import discussing, posts, wall

routers = (wall.router, posts.router, discussing.router)
