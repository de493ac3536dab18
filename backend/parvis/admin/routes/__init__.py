"""Routes of the administration."""

from . import audit, mail_tray, organisation, pages, people, standing

routers = (
    organisation.router,
    pages.router,
    people.router,
    standing.router,
    audit.router,
    mail_tray.router,
)
