"""What a request tells of the device it comes from, in words its owner recognises.

A user agent string is a claim, and a history of claims to be another (RFC 9110 section 10.1.5): the order of these
tables is what makes them right. Nothing is decided by it.
"""

from collections.abc import Iterable

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str | None:
    return _first(BROWSERS, user_agent)


def system_of(user_agent: str) -> str | None:
    return _first(SYSTEMS, user_agent)


def name_of(user_agent: str) -> str | None:
    """ "Firefox, Linux"; one of the two when the other is not known; None when neither is."""
    return ", ".join(filter(None, [browser_of(user_agent), system_of(user_agent)])) or None


def place_of(user_agent: str, network: str) -> str:
    """ "Firefox, Linux, 203.0.113.7": for notices."""
    return ", ".join(filter(None, [name_of(user_agent), network]))


def _first(table: Iterable[tuple[str, str]], user_agent: str) -> str | None:
    return next((name for sign, name in table if sign in user_agent), None)
