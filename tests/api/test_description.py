"""The published description is complete, true to the code, and the one that is committed."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from parvis import wiring
from parvis.accounts.access import OAUTH, SECURITY_SCHEMES, SESSION, TOKEN
from parvis.accounts.scopes import SCOPES
from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.openapi import written

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"
PUBLIC = {
    "cancelDeletion",
    "confirmActivation",
    "previewActivation",
    "confirmPasswordReset",
    "confirmRecovery",
    "confirmRegistration",
    "confirmSignInLink",
    "enterSignInCode",
    "acceptInvitation",
    "getUnsubscription",
    "unsubscribe",
    "previewInvitation",
    "preparePasskeySignIn",
    "signInWithPasskey",
    "signInWithPassword",
    "listUniversityProviders",
    "requestUniversitySignIn",
    "signInWithUniversity",
    "passSecondFactor",
    "register",
    "requestActivation",
    "requestPasswordReset",
    "requestSignInLink",
    "reverseAddressChange",
    "previewMailLink",
    "answerMailLink",
    "getShared",
    "unlockShared",
    "listSharedFolders",
    "listSharedDocuments",
    "readSharedPage",
    "downloadShared",
    "downloadSharedFolder",
    "getSharedPage",
    "getAuthorizationRequest",
    "getAuthorizationServerMetadata",
    "issueTokens",
    "revokeClientToken",
    "listScopes",
    "getLogo",
    "listPages",
    "getPage",
    "followCalendar",
    "listTray",
    "getTrayMail",
    "showTrayMail",
}
"""Operations that do not look at who is asking. One that is added here is a decision."""
FOR_ANYBODY = {"readSession", "signOut", "getOrganisation", "downloadFile", "getPreview", "getPreviewPage"}
"""Operations that answer nobody too, and look."""
VERB = re.compile(r"[a-z]+([A-Z][a-z0-9]*)*")
DESCRIPTION: dict[str, Any] = create_app(Settings.model_validate({"secret_key": "-" * 32})).openapi()


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


OPERATIONS = dict(operations())
every_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


def test_there_are_operations_to_look_at() -> None:
    assert len(OPERATIONS) >= 50


def test_the_committed_description_is_the_code_s() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == written(DESCRIPTION), "run `make openapi`"


async def test_the_served_description_is_the_committed_one(client: httpx.AsyncClient) -> None:
    assert written((await client.get("/api/v1/openapi.json")).json()) == COMMITTED.read_text(encoding="utf-8")


def test_names_are_verbs_and_said_once() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if not VERB.fullmatch(name)] == []


@every_operation
def test_an_operation_says_what_it_does(operation: Mapping[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"][0] in {tag["name"] for tag in DESCRIPTION["tags"]}


@every_operation
def test_an_operation_says_what_can_go_wrong(operation: Mapping[str, Any]) -> None:
    problems = {status: answer for status, answer in operation["responses"].items() if not status.startswith("2")}
    assert "default" in problems
    for status, answer in problems.items():
        assert answer["description"], status
        is_elsewhere = status.startswith("3")  # It has no content: what was asked for is elsewhere, or as it was.
        assert is_elsewhere or set(answer["content"]) <= {"application/problem+json", "application/json"}
    assert len(operation["responses"]) > len(problems), "and what it answers when all is well"


@every_operation
def test_an_operation_says_who_may_ask(operation: Mapping[str, Any]) -> None:
    ways = operation["security"]
    assert {name for way in ways for name in way} <= SECURITY_SCHEMES.keys()
    assert (ways == []) == (operation["operationId"] in PUBLIC)
    assert ({} in ways) == (operation["operationId"] in FOR_ANYBODY)
    if ways and {} not in ways:
        assert {"401", "403"} <= operation["responses"].keys()


def scopes_of(operation: Mapping[str, Any]) -> set[str]:
    return {scope for way in operation["security"] for scopes in way.values() for scope in scopes}


@every_operation
def test_a_token_needs_one_scope_of_the_table(operation: Mapping[str, Any]) -> None:
    tokens = [name for way in operation["security"] for name in way if name in {OAUTH, TOKEN}]
    needed = scopes_of(operation)
    assert needed <= SCOPES.keys()
    assert len(needed) <= 1
    assert needed or not tokens or operation["operationId"] in FOR_ANYBODY


def test_every_scope_of_the_table_opens_something() -> None:
    used = {scope for operation in OPERATIONS.values() for scope in scopes_of(operation)}
    assert used == SCOPES.keys()
    assert all(set(text) == {"fr", "en"} for text in SCOPES.values())


def test_every_operation_with_a_body_says_how_large() -> None:
    silent = [
        name
        for name, operation in OPERATIONS.items()
        if "requestBody" in operation and "413" not in operation["responses"]
    ]
    assert silent == []


def test_limits_are_told() -> None:
    limited = {operation["operationId"]: operation for operation in OPERATIONS.values() if "x-rate-limits" in operation}
    assert {"signInWithPassword", "requestPasswordReset", "issueTokens", "createAccessToken"} <= limited.keys()
    assert all("429" in operation["responses"] for operation in limited.values())
    assert limited["signInWithPassword"]["x-rate-limits"][0] == {
        "policy": "sign_in",
        "per": "an account on one network",
        "quota": 10,
        "seconds": 60,
    }
    assert "At most 10 a minute for an account on one network" in limited["signInWithPassword"]["description"]


def test_what_needs_a_proof_says_so() -> None:
    creation = OPERATIONS["POST /api/v1/me/tokens"]
    assert "`proof_required`" in creation["responses"]["403"]["description"]
    assert "proved in the last ten minutes" in creation["description"]
    assert [*creation["security"]] == [{SESSION: []}, {OAUTH: ["account:write"]}]


def test_every_reference_leads_somewhere() -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(DESCRIPTION)))
    assert named == DESCRIPTION["components"]["schemas"].keys()


def test_sections_are_those_of_the_table() -> None:
    assert [tag["name"] for tag in DESCRIPTION["tags"]] == [
        tag for tag in wiring.TAGS if any(tag in operation["tags"] for operation in OPERATIONS.values())
    ]
