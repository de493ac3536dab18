"""Naming a device by what it says of itself."""

import pytest

from parvis.accounts.devices import name_of, place_of


@pytest.mark.parametrize(
    "user_agent, name",
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120.0", "Opera, Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, ChromeOS"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130 Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari, macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/140.0 Mobile Safari/604.1", "Chrome, iOS"),
        ("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) FxiOS/140.0 Mobile Safari/605.1.15", "Firefox, iPadOS"),
        ("Something (Linux)", "Linux"),
        ("curl/8.14", None),
        ("", None),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent: str, name: str | None) -> None:
    assert name_of(user_agent) == name


def test_a_place_is_device_and_network() -> None:
    assert place_of("Firefox/140.0 (Linux)", "2001:db8::/64") == "Firefox, Linux, 2001:db8::/64"
    assert place_of("curl/8.14", "203.0.113.7") == "203.0.113.7"
