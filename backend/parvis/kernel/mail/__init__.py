"""Mail: written in the unit of work that wants it, rendered and sent by a job.

`send_mail(session, mail)` inside a verb; the mail exists exactly when the change does. What it says (links are
secrets) is encrypted while it waits, and forgotten once sent.
"""

from .letter import Letter, render
from .lists import Lists, Subscription
from .mailer import MAIL_ATTEMPTS, MAIL_JOB, Mailer
from .outbox import About, Act, Action, Answerable, Mail, Piece, Said, Template, send_mail
from .postman import Postman, Prepared
from .tray import TrayMail

__all__ = [
    "MAIL_ATTEMPTS",
    "MAIL_JOB",
    "About",
    "Act",
    "Action",
    "Answerable",
    "Letter",
    "Lists",
    "Mail",
    "Mailer",
    "Piece",
    "Postman",
    "Prepared",
    "Said",
    "Subscription",
    "Template",
    "TrayMail",
    "render",
    "send_mail",
]
