"""What tests of a member's own security do over and over."""

from datetime import timedelta
from typing import Any

import httpx
import pyotp

from parvis.kernel import clock
from tests.make.authenticator import Authenticator, Key
from tests.make.mailbox import Mailbox, text_of

NEW_PASSWORD = "trois-hiboux-sur-le-toit-bleu"


async def add_passkey(browser: httpx.AsyncClient, authenticator: Authenticator, name: str | None = None) -> Key:
    """Registers a passkey that the authenticator makes, and gives it."""
    answer = await browser.post("/api/v1/me/passkeys/options")
    assert answer.status_code == 200, answer.text
    credential = authenticator.create(answer.json()["public_key"])
    made = await browser.post("/api/v1/me/passkeys", json={"credential": credential, "name": name})
    assert made.status_code == 201, made.text
    return authenticator.keys[-1]


async def sign_in_options(browser: httpx.AsyncClient) -> dict[str, Any]:
    answer = await browser.post("/api/v1/passkeys/options")
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.json()["public_key"]
    return options


async def passkey_sign_in(
    browser: httpx.AsyncClient, authenticator: Authenticator, key: Key | None = None, **wrong: Any
) -> httpx.Response:
    """From the question to the answer; `wrong` as in `Authenticator.get`."""
    credential = authenticator.get(await sign_in_options(browser), key, **wrong)
    return await browser.post("/api/v1/sessions/passkey", json={"credential": credential})


async def who(browser: httpx.AsyncClient) -> str:
    """The name of the member that this browser is signed in as."""
    answer = await browser.get("/api/v1/me")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["name"])


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator application shows, so many steps of 30 seconds from now."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps))


async def turn_totp_on(browser: httpx.AsyncClient) -> tuple[str, list[str]]:
    """The secret, and the recovery codes."""
    enrolment = await browser.post("/api/v1/me/totp")
    assert enrolment.status_code == 201, enrolment.text
    secret = enrolment.json()["secret"]
    answer = await browser.put("/api/v1/me/totp/confirmation", json={"code": code_of(secret)})
    assert answer.status_code == 200, answer.text
    return secret, answer.json()["recovery_codes"]


def code_in(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]


def told(mailbox: Mailbox, email: str) -> str:
    """All that was written to this address; mails of one moment come in any order."""
    return "\n".join(text_of(mail) for mail in mailbox.messages_to(email))
