"""How one talks, over HTTP."""

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.chat.queries.unread import preferences
from parvis.chat.schemas.conversations import PreferencesDraft, PreferencesOut
from parvis.chat.service import own
from parvis.kernel.web import Reading, Writer

router = APIRouter(prefix="/me/chat-preferences", tags=["chat"])


@router.get("")
async def get_chat_preferences(actor: SignedIn, session: Reading) -> PreferencesOut:
    """How you talk: what others see of your reading, which key sends, your hours without a disturbance."""
    return PreferencesOut.model_validate(await preferences(session, actor.id))


@router.put("")
async def choose_chat_preferences(draft: PreferencesDraft, actor: SignedIn, write: Writer) -> PreferencesOut:
    """Choose how you talk."""
    return PreferencesOut.model_validate(await write(own.choose, actor, draft))
