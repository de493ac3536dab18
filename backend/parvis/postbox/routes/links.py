"""Links of mails over HTTP. Nobody need be signed in, and nobody is afterwards.

Both are a `POST`: a link that a robot opens, or asks about, does nothing, and its secret stands in no address.
"""

from fastapi import APIRouter

from parvis.kernel.errors import Forbidden, Gone, Invalid
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented
from parvis.postbox.links import Links
from parvis.postbox.schemas.links import MailLink, MailLinkAnswer, MailLinkOut
from parvis.postbox.service import acting
from parvis.posts.service.asked import PollClosed
from parvis.posts.service.gathering import EventCancelled, EventOver

router = APIRouter(prefix="/mail-links", tags=["mail-links"])


@router.post(
    "/preview",
    responses=documented([Gone]),
    dependencies=[limited("preview_mail_link", "60/minute", network="600/minute")],
)
async def preview_mail_link(form: MailLink, session: Reading, parvis: Running) -> MailLinkOut:
    """What a link of a mail is about. Changes nothing."""
    return MailLinkOut.of(await acting.show(session, parvis.part(Links), form.token))


@router.post(
    "/answer",
    responses=documented([Gone, Forbidden, Invalid, PollClosed, EventOver, EventCancelled]),
    dependencies=[limited("answer_mail_link", "30/minute", network="300/minute")],
)
async def answer_mail_link(form: MailLinkAnswer, write: Writer, parvis: Running) -> MailLinkOut:
    """Answer by a link of a mail, as its member, whose rights are judged now. It opens no session."""
    return MailLinkOut.of(await write(acting.act, parvis.part(Links), form.token, form.choices))
