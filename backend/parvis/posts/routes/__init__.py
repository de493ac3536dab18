"""Routes of posts."""

from . import asked, discussing, feed, posts, scheduled, wall

routers = (feed.router, wall.router, posts.router, discussing.router, asked.router, scheduled.router)
