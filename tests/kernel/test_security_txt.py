"""Where flaws are to be told: said where the deployment knows, in the words of RFC 9116."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from parvis.kernel import clock
from parvis.kernel.config import Settings, load_settings
from tests.conftest import client_of, serving

PATH = "/.well-known/security.txt"
CONTACTS = ["mailto:security@univ.example", "https://univ.example/flaws"]

ON_SQLITE = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


@ON_SQLITE
async def test_it_names_whom_to_tell_and_until_when_that_holds(settings: Settings) -> None:
    told = {"security_contact": CONTACTS, "security_policy": "https://univ.example/security"}
    async with serving(settings.model_copy(update=told)) as app, client_of(app) as client:
        answer = await client.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    lines = [line.split(": ", 1) for line in answer.text.splitlines()]
    assert [value for name, value in lines if name == "Contact"] == CONTACTS
    fields = dict(lines)
    assert fields["Canonical"] == f"{settings.public_url}{PATH}"
    assert fields["Policy"] == "https://univ.example/security"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


@ON_SQLITE
async def test_where_nobody_is_to_be_told_there_is_none(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).status_code == 404


@pytest.mark.parametrize("contact", ["security@univ.example", "http://univ.example", "mailto:a@b.example\nPolicy: x"])
def test_what_is_no_address_stops_the_start(contact: str) -> None:
    with pytest.raises(ValueError, match="security_contact"):
        load_settings(security_contact=[contact])
