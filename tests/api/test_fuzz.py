"""No request makes the server fail, answer what it did not announce, or forget who may ask.

A hundredth of the operations is asked at length, another each day; of the others a third briefly, and a third as
nobody, others tomorrow. `PARVIS_FUZZ_SEED` repeats a run.
"""

import copy
import os
import sys
from collections.abc import Iterator, Sequence

import pytest

from parvis.kernel import clock
from parvis.kernel.config import Settings
from tests.api.fuzz import Outcome, fuzz
from tests.api.test_description import DESCRIPTION, OPERATIONS
from tests.make.fuzzing import Target
from tests.make.fuzzing import target as running_target

pytestmark = [pytest.mark.parametrize("dialect", ["sqlite"], scope="session"), pytest.mark.unmeasured, pytest.mark.long]

SEED = int(os.environ.get("PARVIS_FUZZ_SEED") or clock.now().date().toordinal())
NAMES = sorted(operation["operationId"] for operation in OPERATIONS.values())
AT_LENGTH = NAMES[SEED % 100 :: 100]
BRIEFLY, AS_NOBODY = (set(list(OPERATIONS)[(SEED + part) % 3 :: 3]) for part in (0, 1))
OPEN_TO_THE_ADMINISTRATOR = {
    "GET /api/v1/me",
    "GET /api/v1/interests",
    "GET /api/v1/oauth/scopes",
    "GET /api/v1/organisation",
    "GET /api/v1/audit-entries/verification",
}
"""What an administrator's token reads whatever is sent."""
EVERY_PHASE = ("examples", "coverage", "fuzzing")


@pytest.fixture
def target(settings: Settings) -> Iterator[Target]:
    with running_target(settings) as running:
        yield running


def told(what: str, outcome: Outcome) -> None:
    """Shown when the test fails, and by `pytest -s`."""
    sys.stdout.write(
        f"{what}: seed {SEED}, {outcome.requests.total()} requests, {dict(sorted(outcome.statuses.items()))}\n"
    )


def ids(labels: set[str]) -> list[str]:
    return sorted(OPERATIONS[label]["operationId"] for label in labels)


def with_input(names: Sequence[str]) -> list[str]:
    return [
        label
        for label, operation in OPERATIONS.items()
        if operation["operationId"] in names and (operation.get("parameters") or operation.get("requestBody"))
    ]


@pytest.mark.timeout(900)
def test_a_hundredth_of_the_operations_withstands_anything(target: Target) -> None:
    outcome = fuzz(target, DESCRIPTION, operations=AT_LENGTH, seed=SEED, cases=100, phases=EVERY_PHASE)
    told("a hundredth at length", outcome)
    assert not outcome.failures, "\n\n".join(outcome.failures)
    assert {label for label in with_input(AT_LENGTH) if outcome.requests[label] < 100} == set()


@pytest.mark.timeout(600)
def test_a_third_of_the_operations_withstands_a_little_of_it(target: Target) -> None:
    asked = ids(BRIEFLY | OPEN_TO_THE_ADMINISTRATOR)
    outcome = fuzz(target, DESCRIPTION, operations=asked, seed=SEED, cases=3)
    told("a third, briefly", outcome)
    assert not outcome.failures, "\n\n".join(outcome.failures)
    assert BRIEFLY - outcome.requests.keys() == set()
    assert outcome.welcomed >= OPEN_TO_THE_ADMINISTRATOR, "the administrator was let in"


@pytest.mark.timeout(600)
def test_nobody_gets_further_by_sending_anything(target: Target) -> None:
    outcome = fuzz(target, DESCRIPTION, operations=ids(AS_NOBODY), seed=SEED, cases=2, signed_in=False)
    told("another third, as nobody", outcome)
    assert not outcome.failures, "\n\n".join(outcome.failures)
    assert AS_NOBODY - outcome.requests.keys() == set()


@pytest.mark.timeout(600)
def test_one_answer_leads_to_the_next_request(target: Target) -> None:
    outcome = fuzz(target, DESCRIPTION, seed=SEED, cases=10, phases=["stateful"])
    told("in sequences", outcome)
    assert not outcome.failures, "\n\n".join(outcome.failures)
    assert outcome.requests.total() > 0


def test_a_wrong_description_is_noticed(target: Target) -> None:
    """The tool has looked: it sees an answer that is not the one announced."""
    wrong = copy.deepcopy(DESCRIPTION)
    wrong["paths"]["/api/v1/me"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {
        "type": "integer"
    }
    outcome = fuzz(target, wrong, operations=["getMe"], seed=SEED, cases=5)

    assert any("response_schema_conformance" in failure for failure in outcome.failures)


@pytest.mark.proof
@pytest.mark.timeout(0)
def test_every_operation_withstands_anything(target: Target) -> None:
    outcome = fuzz(target, DESCRIPTION, seed=SEED, cases=1000, phases=[*EVERY_PHASE, "stateful"])
    told("all at length", outcome)
    assert not outcome.failures, "\n\n".join(outcome.failures)
    assert {label for label in with_input(NAMES) if outcome.requests[label] < 1000} == set()
