"""Which of many routes a path may lead to, told by its words at once.

The framework holds a request against one route after the other until one fits, twice: with some hundreds of routes that
takes as long as all else of a small request. Here the routers that have a route of that form are known beforehand, and
only those are asked. Whatever they do not answer goes the long way, so that no answer depends on this.
"""

from collections.abc import Iterator

from fastapi.routing import APIRouter, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

ANY = "{}"
"""A word of a path that may be any."""


class Fork:
    """What may follow some words of a path: further words, or its end, with the routes that have it."""

    def __init__(self) -> None:
        self.words: dict[str, Fork] = {}
        self.routes: dict[int, BaseRoute] = {}
        """By their place among all."""

    def add(self, words: list[str], route: BaseRoute, order: int) -> None:
        fork = self
        for word in words:
            fork = fork.words.setdefault(word, Fork())
        fork.routes[order] = route

    def found(self, words: list[str], at: int = 0) -> Iterator[tuple[int, BaseRoute]]:
        """Routes that a path of these words may lead to, each with its place among all."""
        if at == len(words):
            yield from self.routes.items()
            return
        for word in (words[at], ANY):
            if word in self.words:
                yield from self.words[word].found(words, at + 1)


class Signpost:
    """The innermost ASGI layer, between a router and what it includes. `within`: the prefix below which nearly all
    routes are; those elsewhere, pages and their files, are few, and asked all."""

    def __init__(self, router: APIRouter, within: str) -> None:
        self._router, self._within = router, within
        self._long_way: ASGIApp = router.app
        self._fork: Fork | None = None
        self._elsewhere: list[BaseRoute] = []

    @classmethod
    def put_up(cls, router: APIRouter, within: str) -> None:
        """Before the first request: it knows the routes that are there by then."""
        router.middleware_stack = cls(router, within)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for route in self.near(scope["path"]):
                match, found = route.matches(scope)
                if match == Match.FULL:
                    scope.setdefault("router", self._router)
                    scope.update(found)
                    await route.handle(scope, receive, send)
                    return
        await self._long_way(scope, receive, send)

    def near(self, path: str) -> list[BaseRoute]:
        """The routes to ask, in the order in which all would be."""
        if self._fork is None:
            self._fork = _forks(self._router, self._within)
            self._elsewhere = list(_elsewhere(self._router, self._within))
        if not path.startswith(self._within):
            return self._elsewhere
        words = path.removeprefix(self._within).split("/")
        return [route for _, route in sorted(dict(self._fork.found(words)).items())]


def _forks(router: APIRouter, within: str) -> Fork:
    fork = Fork()
    for order, route in enumerate(router.routes):
        for context in iter_route_contexts([route]):
            path = context.path or ""
            if path.startswith(within):
                words = path.removeprefix(within).split("/")
                fork.add([ANY if "{" in word else word for word in words], route, order)
    return fork


def _elsewhere(router: APIRouter, within: str) -> Iterator[BaseRoute]:
    for route in router.routes:
        if any(not (context.path or "").startswith(within) for context in iter_route_contexts([route])):
            yield route
