"""The providers that this deployment relies on."""

from collections.abc import Iterator

from parvis.kernel.config import Settings
from parvis.kernel.errors import NotFound
from parvis.kernel.secrets import derive_key

from .provider import Provider

RETURN_PAGE = "/door/university"
"""Where people come back to: a page of ours, which hands over what it was given by a `POST`."""


class Providers:
    """By key, in the order that the administrator gave. Each has a redirect address of its own, so that an answer of
    one is never taken for another's (RFC 9700 section 4.4.2)."""

    def __init__(self, settings: Settings) -> None:
        secret = derive_key(settings.secret, "university sign-in")
        self._providers = {
            one.key: Provider(one, f"{settings.public_url}{RETURN_PAGE}/{one.key}", secret) for one in settings.oidc
        }

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._providers.values())

    def named(self, key: str) -> Provider:
        """Raises `NotFound`."""
        provider = self._providers.get(key)
        if provider is None:
            raise NotFound
        return provider
