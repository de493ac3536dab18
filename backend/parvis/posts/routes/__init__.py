"""Routes of posts."""

from . import asked, discussing, posts, wall

routers = (wall.router, posts.router, discussing.router, asked.router)
