"""What a request goes through before its route does anything.

A path finds its route without being held against all others, and finds the one that it found the long way; what routes
depend on is never called in a thread, which costs more than all that it does.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match

from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.signpost import Signpost
from parvis.kernel.web import API

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
PARAMETER = re.compile(r"\{[^}]*\}")


def _asked(app: FastAPI) -> Iterator[tuple[str, str]]:
    """A path and a method for each operation of the API."""
    for path, operations in app.openapi()["paths"].items():
        if path.startswith(API):
            words = [PARAMETER.sub(str(uuid4()), word) for word in path.split("/")]
            yield from ((method.upper(), "/".join(words)) for method in operations)


def _found(routes: list[BaseRoute], method: str, path: str) -> tuple[int, BaseRoute | None]:
    """How many routes were asked, and which answers."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    for number, route in enumerate(routes, start=1):
        if route.matches(scope)[0] == Match.FULL:
            return number, route
    return len(routes), None


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


def test_finds_what_the_long_way_finds(app: FastAPI) -> None:
    post = app.router.middleware_stack
    assert isinstance(post, Signpost)
    asked = list(_asked(app))
    assert len(asked) > 300
    most = 0
    for method, path in asked:
        number, near = _found(post.near(path), method, path)
        assert near is not None, (method, path)
        assert near is _found(app.router.routes, method, path)[1], (method, path)
        most = max(most, number)
    assert most <= 5, "routers asked for one path"


def test_pages_and_their_files_are_held_against_no_operation(app: FastAPI) -> None:
    post = app.router.middleware_stack
    assert isinstance(post, Signpost)
    for path in ("/", "/posts/1", "/assets/index.js", "/health/live", "/manifest.webmanifest"):
        number, near = _found(post.near(path), "GET", path)
        assert near is not None, path
        assert near is _found(app.router.routes, "GET", path)[1], path
        assert number <= 5, "routers asked for one path"


def test_what_it_does_not_know_goes_the_long_way(app: FastAPI) -> None:
    post = app.router.middleware_stack
    assert isinstance(post, Signpost)
    assert post.near(f"{API}/no/such/thing") == []
    every = [context.path for context in iter_route_contexts(app.router.routes)]
    assert f"{API}/openapi.json" in every


def test_nothing_that_a_route_depends_on_is_called_in_a_thread(app: FastAPI) -> None:
    routes = [context for context in iter_route_contexts(app.router.routes) if hasattr(context, "dependant")]
    called = {context.endpoint for context in routes} | {call for one in routes for call in _calls(one.dependant)}
    assert len(called) > 300
    assert [call for call in called if not _is_async(call)] == []


def _calls(dependant: Dependant) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one.call
        yield from _calls(one)


def _is_async(call: Any) -> bool:
    does = call if inspect.isroutine(call) or inspect.isclass(call) else call.__call__
    return inspect.iscoroutinefunction(does) or inspect.isasyncgenfunction(does)
