"""The server sends nobody anywhere (suite REDIR): where to go next is the browser's business, and links in mails lead
to this deployment whatever the request said of itself."""

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN, client_of, database_of_today
from tests.make.doors import Doors
from tests.make.mailbox import html_of, text_of
from tests.make.people import PASSWORD, make_member

EMAIL = "benoit.martin@univ.example"
EVIL = "evil.example"
TRICKS = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "https://testserver%00.evil.example",
    "https://testserver%2eevil.example",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://evil.example\\@testserver",
    "https://[::ffff:198.51.100.1]",
    "//198.51.100.1",
    "//3325256705",
    "/..//evil.example",
    "/.evil.example",
    ".evil.example",
    "@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\r\nLocation: https://evil.example",
    "%0d%0aLocation:%20https://evil.example",
    "/a\r\nSet-Cookie: x=y",
    "〱evil.example",
    "//evil。example",
    "/\u00a0//evil.example",
    "//evil%E3%80%82example",
    "?next=//evil.example",
]


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.parametrize("trick", TRICKS)
async def test_a_place_to_go_next_moves_nobody(parvis: Parvis, client: httpx.AsyncClient, trick: str) -> None:
    await make_member(parvis, password=PASSWORD)
    credentials = {"email": EMAIL, "password": PASSWORD}
    for parameter in ("next", "redirect_uri", "RelayState"):
        answer = await client.post("/api/v1/sessions", json=credentials, params={parameter: trick})
        assert answer.status_code == 200
        assert "location" not in answer.headers
        assert EVIL not in answer.text + str(answer.headers)
        answer = await client.post("/api/v1/sessions", json=credentials | {parameter: trick})
        assert answer.status_code == 422
        assert "location" not in answer.headers


@pytest.mark.parametrize(
    "header",
    [
        {"x-forwarded-host": EVIL},
        {"forwarded": f"host={EVIL};proto=http"},
        {"x-original-host": EVIL},
        {"x-host": EVIL},
        {"origin": f"https://{EVIL}"},
        {"referer": f"https://{EVIL}/"},
        {"x-forwarded-proto": "http"},
        {"x-rewrite-url": f"//{EVIL}"},
    ],
)
async def test_a_mail_s_link_leads_here_whatever_the_request_says(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, header: dict[str, str]
) -> None:
    await make_member(parvis)
    answer = await client.post(
        "/api/v1/sign-in-links", json={"email": EMAIL}, params={"next": f"//{EVIL}"}, headers=header
    )
    assert answer.status_code == 202
    await doors.deliver()
    mail = doors.mails_to(EMAIL)[-1]
    assert doors.token_to(EMAIL, "sign-in")
    assert EVIL not in text_of(mail) + html_of(mail)


async def test_a_foreign_host_name_gets_no_mail_sent(parvis: Parvis, app: FastAPI, doors: Doors) -> None:
    await make_member(parvis)
    async with client_of(app, host=EVIL) as browser:
        assert (await browser.post("/api/v1/sign-in-links", json={"email": EMAIL})).status_code == 400
    await doors.deliver()
    assert doors.mails_to(EMAIL) == []


@pytest.mark.parametrize("path", ["sign-in-links", "password-resets"])
async def test_the_secret_stands_after_the_hash_where_no_log_sees_it(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, path: str
) -> None:
    await make_member(parvis)
    await doors.ask(client, path, EMAIL)
    token = doors.token_to(EMAIL, "sign-in" if path == "sign-in-links" else "reset")
    for part in (text_of(doors.mails_to(EMAIL)[-1]), html_of(doors.mails_to(EMAIL)[-1])):
        assert f"#{token}" in part
        assert part.count(token) == part.count(f"#{token}")
        assert ORIGIN in part
