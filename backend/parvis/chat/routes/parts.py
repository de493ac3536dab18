"""What these routes have in common."""

from typing import Annotated

from fastapi import Depends, Request

from parvis.accounts.auth import SignedIn
from parvis.chat.meeting import Meetings
from parvis.chat.queries.people import Faces
from parvis.chat.schemas.conversations import Meet
from parvis.kernel.web import running


async def _faces(request: Request) -> Faces:
    return running(request).part(Faces)


KnownFaces = Annotated[Faces, Depends(_faces)]


async def _meet(request: Request) -> Meet:
    return running(request).part(Meetings).room


Meeting = Annotated[Meet, Depends(_meet)]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)
