"""A path finds its route without being held against all others, and finds the one that it found the long way."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match

from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.signpost import Signpost
from parvis.kernel.web import API

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


def test_what_it_does_not_know_goes_the_long_way(app: FastAPI) -> None:
    post = app.router.middleware_stack
    assert isinstance(post, Signpost)
    assert post.near(f"{API}/no/such/thing") == []
    every = [context.path for context in iter_route_contexts(app.router.routes)]
    assert f"{API}/openapi.json" in every
