"""Routes of posts."""

from . import asked, discussing, feed, gatherings, posts, scheduled, wall

routers = (
    feed.router,
    wall.router,
    posts.router,
    discussing.router,
    asked.router,
    gatherings.router,
    scheduled.router,
)
