"""Which mails one gets, over HTTP."""

from fastapi import APIRouter, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import PreconditionFailed
from parvis.kernel.etag import check_if_match
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.ties.queries import MailChoices, mail_choices
from parvis.profiles.ties.schemas.mails import MailsChange, MailsOut, etag_of_mails
from parvis.profiles.ties.service import mails

router = APIRouter(tags=["account"])


@router.get("/me/mails")
async def get_my_mails(actor: SignedIn, session: Reading, response: Response) -> MailsOut:
    """Which mails you get. Those about the security of your account always come."""
    chosen = await mail_choices(session, actor.id)
    response.headers["etag"] = etag_of_mails(chosen)
    return MailsOut.of(chosen)


@router.patch("/me/mails", responses=documented([PreconditionFailed]))
async def choose_my_mails(
    draft: MailsChange, actor: SignedIn, write: Writer, request: Request, response: Response
) -> MailsOut:
    """Choose which mails you get."""

    def unchanged(before: MailChoices) -> None:
        check_if_match(request, etag_of_mails(before))

    chosen = await write(mails.choose, actor, draft.wanted(), unchanged)
    response.headers["etag"] = etag_of_mails(chosen)
    return MailsOut.of(chosen)
