"""What routes depend on: a session for reading, a writer, the running Parvis.

Dependencies are `async def`, also where they wait for nothing: the framework calls any other in a thread, which costs
more than all they do.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from fastapi import Depends, Header, Request
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession

from .db import Read, Write
from .etag import check_if_match, etag_of
from .i18n import Language as LanguageTag
from .problems import Problem, documented, language_of

if TYPE_CHECKING:
    from .runtime import Parvis

__all__ = [
    "API",
    "IfMatch",
    "IfMatchNeeded",
    "Language",
    "Problem",
    "Reader",
    "Reading",
    "Writer",
    "at_once",
    "documented",
    "operation_id",
    "running",
]

T = TypeVar("T")

API = "/api/v1"
"""Under which path the API stands."""


def running(request: Request) -> "Parvis":
    """The running Parvis that serves this request."""
    return cast("Parvis", request.app.state.parvis)


def at_once(fields: Callable[..., T]) -> Callable[..., Awaitable[T]]:
    """A class whose fields a request fills, as a dependency."""

    async def made(**values: Any) -> T:
        return fields(**values)

    vars(made)["__signature__"] = signature(fields)
    return made


async def _reading(request: Request) -> AsyncIterator[AsyncSession]:
    async with running(request).database.reading() as session:
        yield session


async def _writer(request: Request) -> Write:
    return running(request).database.write


async def _reader(request: Request) -> Read:
    return running(request).database.read


async def _language(request: Request) -> LanguageTag:
    return language_of(request)


async def if_match_given(
    request: Request,
    if_match: Annotated[str | None, Header(max_length=1024, description="The `ETag` of the version changed.")] = None,
) -> Callable[[int], None]:
    return lambda version: check_if_match(request, etag_of(version))


async def if_match_needed(
    request: Request,
    if_match: Annotated[str | None, Header(max_length=1024, description="Needed: the `ETag` changed.")] = None,
) -> Callable[[int], None]:
    return lambda version: check_if_match(request, etag_of(version), required=True)


Reading = Annotated[AsyncSession, Depends(_reading, scope="function")]
"""A session for reading, given back before the body is sent (a slow client must not hold a connection)."""
Reader = Annotated[Read, Depends(_reader)]
"""For routes that are asked often: `await read(query, …)`, in one step."""
Writer = Annotated[Write, Depends(_writer)]
Language = Annotated[LanguageTag, Depends(_language)]
IfMatch = Annotated[Callable[[int], None], Depends(if_match_given)]
"""Given to a verb, which calls it with the present version, inside its unit of work: raises `PreconditionFailed`."""
IfMatchNeeded = Annotated[Callable[[int], None], Depends(if_match_needed)]
"""The same, and raises `PreconditionRequired` when the client says no version."""


def operation_id(route: APIRoute) -> str:
    """`post_message` is published as `postMessage`."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
