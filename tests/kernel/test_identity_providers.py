"""What an administrator may say of OpenID providers, and what is refused before anything starts."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from parvis.kernel.config import Settings, load_settings

ONE: dict[str, Any] = {"key": "univ", "name": "Université", "issuer": "https://idp.univ.example", "client_id": "parvis"}


def configured(monkeypatch: pytest.MonkeyPatch, *providers: dict[str, Any]) -> Settings:
    monkeypatch.setenv("PARVIS_OIDC", json.dumps(providers))
    return load_settings()


def test_providers_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    [provider] = configured(
        monkeypatch, ONE | {"client_secret": "hush", "jwks_uri": "https://keys.univ.example:8443/k"}
    ).oidc
    assert provider.name == {"fr": "Université", "en": "Université"}
    assert (provider.identifier_claim, provider.on_unknown) == ("eduperson_principal_name", "refuse")
    assert provider.origins == {"https://idp.univ.example", "https://keys.univ.example:8443"}
    assert "hush" not in repr(provider)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Univ"},
        {"key": "univ/../x"},
        {"key": ""},
        {"name": {"fr": "Université"}},
        {"name": ""},
        {"issuer": "http://idp.univ.example"},
        {"issuer": "idp.univ.example"},
        {"issuer": "https://user:password@idp.univ.example"},
        {"issuer": "ftp://localhost"},
        {"token_endpoint": "http://10.0.0.7/token"},
        {"client_id": ""},
        {"on_unknown": "join"},
        {"affiliation": "emperor"},
        {"mail_claim": "email"},
    ],
)
def test_what_is_wrong_is_named_without_telling_secrets(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        configured(monkeypatch, ONE | {"client_secret": "hush"} | wrong)
    assert refused.value.errors()[0]["loc"][:2] == ("oidc", 0)
    assert "hush" not in str(refused.value)


def test_on_this_machine_plain_http_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for issuer in ("http://localhost:3000", "http://127.0.0.1:3000/realms/univ"):
        assert configured(monkeypatch, ONE | {"issuer": issuer}).oidc[0].issuer == issuer


def test_several_are_told_apart_and_each_is_bound_to_its_people(monkeypatch: pytest.MonkeyPatch) -> None:
    bound = ONE | {"identifier_domain": "univ.example"}
    other = bound | {"key": "other"}
    assert [one.key for one in configured(monkeypatch, bound, other).oidc] == ["univ", "other"]
    for providers in ((bound, bound), (bound, ONE | {"key": "other"})):
        with pytest.raises(ValidationError):
            configured(monkeypatch, *providers)
