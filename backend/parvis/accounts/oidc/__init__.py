"""OpenID Connect, as the one who relies on it: asking a configured provider who somebody is, and believing the answer.

The only wrapper of Authlib and joserfc. Code flow alone, with PKCE and a nonce; nothing here knows about members.
"""

from .identity import Answer, Identity, IdentityRefused, ProviderUnavailable
from .provider import Provider
from .providers import Providers

__all__ = ["Answer", "Identity", "IdentityRefused", "Provider", "ProviderUnavailable", "Providers"]
