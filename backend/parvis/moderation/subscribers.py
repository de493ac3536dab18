"""What members are told of reports among all that concerns them. Nothing of it says who reported, or who decided."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener
from parvis.notifications.service.telling import News, tell

from .events import Moderated, ReportDecided, ReportReceived


async def react(session: AsyncSession, fact: Fact) -> None:
    community_id = UUID(fact.data["community_id"])
    news = {
        ReportReceived.type: News("cases", community_id, "reported", None),
        ReportDecided.type: News("decisions", community_id, "examined", None),
        Moderated.type: News("decisions", community_id, "decided", None),
    }
    await tell(session, [UUID(fact.data["member_id"])], news[fact.type])


listener = Listener.to("moderation", [ReportReceived, ReportDecided, Moderated], react)
