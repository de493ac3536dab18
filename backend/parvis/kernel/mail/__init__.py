"""Mail: written in the unit of work that wants it, rendered and sent by a job.

`send_mail(session, mail)` inside a verb; the mail exists exactly when the change does. What it says (links are
secrets) is encrypted while it waits, and forgotten once sent.
"""

from .letter import Letter, render
from .lists import Lists, Subscription
from .mailer import MAIL_JOB, Mailer
from .outbox import Mail, Piece, Said, Template, send_mail
from .tray import TrayMail

__all__ = [
    "MAIL_JOB",
    "Letter",
    "Lists",
    "Mail",
    "Mailer",
    "Piece",
    "Said",
    "Subscription",
    "Template",
    "TrayMail",
    "render",
    "send_mail",
]
