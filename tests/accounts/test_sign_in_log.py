"""The log says who came in and who was refused, and never with what it was tried; ending sessions asks for a proof."""

from datetime import timedelta

import httpx
import pytest
from structlog.testing import capture_logs

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import PASSWORD, make_member
from tests.make.security import code_in

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


async def test_who_came_in_and_who_was_refused_is_logged_without_secrets(
    parvis: Parvis, client: httpx.AsyncClient
) -> None:
    member = await make_member(parvis, "Chloé Petit", password=PASSWORD)
    tried = [("chloe.petit@univ.example", "not-it-at-all"), ("nobody@univ.example", PASSWORD)]
    with capture_logs() as lines:
        for email, password in [*tried, ("chloe.petit@univ.example", PASSWORD)]:
            await client.post("/api/v1/sessions", json={"email": email, "password": password})
    told = [line for line in lines if line["event"].startswith("sign_in")]
    assert [(line["event"], line["member"], line.get("reason")) for line in told] == [
        ("sign_in.refused", str(member.id), "wrong_credentials"),
        ("sign_in.refused", None, "wrong_credentials"),
        ("sign_in", str(member.id), None),
    ]
    assert (told[0]["method"], told[2]["methods"], bool(told[2]["session"])) == ("pwd", ["pwd"], True)
    for secret in (PASSWORD, "not-it-at-all", "nobody@", "chloe.petit@"):
        assert secret not in str(lines)


async def test_a_line_of_a_request_says_who_was_refused_and_nobody_else(parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis, "Chloé Petit")
    browser = await sign_in(member)
    with capture_logs() as lines:
        assert (await browser.get("/api/v1/audit-entries")).status_code == 403
        assert (await browser.get("/api/v1/me")).status_code == 200
    said = [(line["status"], line.get("member")) for line in lines if line["event"] == "request"]
    assert said == [(403, str(member.id)), (200, None)]


async def test_sessions_are_ended_after_a_proof_of_the_last_ten_minutes(
    parvis: Parvis, moved_clock: MovableClock, sign_in: SignIn
) -> None:
    browser = await sign_in(await make_member(parvis, "Chloé Petit"))
    [own] = (await browser.get("/api/v1/me/sessions")).json()["items"]
    moved_clock.advance(timedelta(minutes=11))
    assert code_in(await browser.delete("/api/v1/me/sessions")) == (403, "proof_required")
    assert code_in(await browser.delete(f"/api/v1/me/sessions/{own['id']}")) == (403, "proof_required")
