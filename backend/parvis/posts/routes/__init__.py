"""Routes of posts."""

from . import asked, discussing, posts, scheduled, wall

routers = (wall.router, posts.router, discussing.router, asked.router, scheduled.router)
