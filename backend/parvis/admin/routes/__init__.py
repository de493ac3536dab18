"""Routes of the administration."""

from . import audit, deliveries, health, invitations, logo, mail_tray, organisation, pages, people, standing

routers = (
    organisation.router,
    logo.router,
    pages.router,
    invitations.router,  # Before people: `invitations` is nobody's id.
    people.router,
    standing.router,
    audit.router,
    deliveries.router,
    health.router,
    mail_tray.router,
)
