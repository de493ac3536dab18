"""The first administrator is appointed from the command line, and comes in by the link it prints."""

import httpx
import pytest

from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.make.command import Result, command
from tests.make.security import code_in


def appoint(settings: Settings, name: str, email: str) -> Result:
    environment = {
        "PARVIS_DATA_DIR": str(settings.data_dir),
        "PARVIS_DATABASE_URL": settings.database_url,
        "PARVIS_PUBLIC_URL": settings.public_url,
        "PARVIS_SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    return command(environment, "admin", "create", "--name", name, "--email", email)


async def test_the_link_opens_an_administrator_s_account_once(
    settings: Settings, parvis: Parvis, client: httpx.AsyncClient
) -> None:
    done = appoint(settings, "Hélène Aubert", "helene.aubert@univ.example")
    assert done.exit_code == 0, done.stderr
    token = done.stdout.strip().rpartition("#")[2]
    opened = await client.post("/api/v1/activations/confirmation", json={"token": token})
    assert opened.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/me")).json()["roles"] == ["administrator"]
    assert (await client.get("/api/v1/audit-entries")).status_code == 200
    again = await client.post("/api/v1/activations/confirmation", json={"token": token})
    assert code_in(again) == (410, "gone")


@pytest.mark.parametrize("email", ["not an address", "helene.aubert@univ.example"])
async def test_a_wrong_or_known_address_is_refused_in_words(settings: Settings, parvis: Parvis, email: str) -> None:
    assert appoint(settings, "Hélène Aubert", "helene.aubert@univ.example").exit_code == 0
    refused = appoint(settings, "Somebody Else", email)
    assert refused.exit_code == 1
    assert refused.stderr
    assert "Traceback" not in refused.stderr
