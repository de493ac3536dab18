"""What routes depend on: a session for reading, a writer, the running Parvis."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession

from .db import Write
from .problems import Problem, documented, language_of

if TYPE_CHECKING:
    from .runtime import Parvis

__all__ = ["Language", "Problem", "Reading", "Writer", "documented", "operation_id", "running"]


def running(request: Request) -> "Parvis":
    """The running Parvis that serves this request."""
    return cast("Parvis", request.app.state.parvis)


async def _reading(request: Request) -> AsyncIterator[AsyncSession]:
    async with running(request).database.reading() as session:
        yield session


def _writer(request: Request) -> Write:
    return running(request).database.write


Reading = Annotated[AsyncSession, Depends(_reading, scope="function")]
"""A session for reading, given back before the body is sent (a slow client must not hold a connection)."""
Writer = Annotated[Write, Depends(_writer)]
Language = Annotated[str, Depends(language_of)]


def operation_id(route: APIRoute) -> str:
    """`post_message` is published as `postMessage`."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
