"""Sends every operation what nobody would think of (schemathesis), and tells what was answered wrongly."""

import copy
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis import BaseSchema, engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from tests.make.fuzzing import Target

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")  # Bytes, as they are.

CHECKS = {
    # What a schema allows may still be refused for what it says: an unknown token, a cursor of another list.
    "positive_data_acceptance": {"enabled": False},
    # What is wrong may be found wrong for another reason first: too large, gone, changed in the meantime.
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
}

NOT_HTTP = b"Invalid HTTP request received."
"""What the HTTP server itself says to bytes that are no request: header values that no header may have."""


@dataclass
class Outcome:
    """How many requests each operation got, what was answered, and what was wrong."""

    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    welcomed: set[str] = field(default_factory=set)
    """Operations that were answered 200 at least once."""
    failures: list[str] = field(default_factory=list)

    def add(self, event: object) -> None:
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.failures.append(f"the tool stopped: {event}")
        if not isinstance(event, events.ScenarioFinished):
            return
        recorder = event.recorder
        for identifier, interaction in recorder.interactions.items():
            label = recorder.cases[identifier].value.operation.label
            self.requests[label] += 1
            if interaction.response is not None:
                self.statuses[interaction.response.status_code] += 1
                if interaction.response.status_code == 200:
                    self.welcomed.add(label)
        for identifier, checks in recorder.checks.items():
            asked = recorder.interactions.get(identifier)
            if asked is not None and asked.response is not None and asked.response.content == NOT_HTTP:
                continue
            self.failures += [_told(recorder.label, check) for check in checks if check.failure_info]


def fuzz(
    target: Target,
    description: Mapping[str, Any],
    *,
    seed: int,
    cases: int,
    operations: Collection[str] | None = None,
    phases: Collection[str] = ("fuzzing",),
    signed_in: bool = True,
) -> Outcome:
    """Asks each of `operations` (all, unless told) about `cases` times in the fuzzing phase.

    The other phases ask as often as they find something new to ask.
    """
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "base-url": target.url,
            "checks": CHECKS if signed_in else {**CHECKS, "ignored_auth": {"enabled": False}},
            "generation": {"max-examples": cases, "no-shrink": True},
            "phases": {
                phase: {"enabled": phase in phases} for phase in ("examples", "coverage", "fuzzing", "stateful")
            },
        }
    )
    schema: BaseSchema = schemathesis.openapi.from_dict(_understood(description), config=config)
    if operations is not None:
        schema = schema.include(operation_id=list(operations))

    @schema.auth(refresh_interval=None)
    class Asking:
        def get(self, _case: object, _context: object) -> str:
            return target.token() if signed_in else ""

        def set(self, case: Any, token: str, _context: object) -> None:
            case.headers = {**(case.headers or {}), "X-Forwarded-For": target.network()}
            if token:
                case.headers["Authorization"] = f"Bearer {token}"

    outcome = Outcome()
    for event in engine.from_schema(schema).execute():
        outcome.add(event)
    return outcome


def _understood(description: Mapping[str, Any]) -> dict[str, Any]:
    """The tool does not know that OAuth's tokens go in the Authorization header; it knows of bearer tokens."""
    told = copy.deepcopy(dict(description))
    told["components"]["securitySchemes"]["oauth2"] = {"type": "http", "scheme": "bearer"}
    return told


def _told(label: str, check: Any) -> str:
    failure = check.failure_info.failure
    sample = str(check.failure_info.code_sample)[:600]
    return f"{label}: {check.name}: {failure.title}\n{str(failure.message)[:600]}\n{sample}"
