"""What members are told of reports among all that concerns them. Nothing of it says who reported, or who decided."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener
from parvis.notifications.service.telling import News, tell

from .events import Moderated, ReportDecided, ReportReceived


async def react(session: AsyncSession, fact: Fact) -> None:
    """Of what was said on the square, and of what falls to the organisation's moderators, it is about oneself."""
    member_id, community_id = UUID(fact.data["member_id"]), fact.data["community_id"]
    about_id = UUID(community_id) if community_id else member_id
    of_organisation = fact.data.get("level") == "organisation"
    news = {
        ReportReceived.type: News("organisation_cases", member_id, "reported", None)
        if of_organisation
        else News("cases", about_id, "reported", None),
        ReportDecided.type: News("decisions", about_id, "examined", None),
        Moderated.type: News("decisions", about_id, "decided", None),
    }
    await tell(session, [member_id], news[fact.type])


listener = Listener.to("moderation", [ReportReceived, ReportDecided, Moderated], react)
