"""What is told to those who watch over the service, by one process or several, and to nobody else."""

import asyncio
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as metrics_in
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.jobs import enqueue
from parvis.kernel.mail import Mail, send_mail
from parvis.kernel.runtime import Parvis
from tests.conftest import client_of, run_jobs, serving
from tests.make.mailbox import Mailbox

ALERTS = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yml"


async def told(client: httpx.AsyncClient, name: str, **labels: str) -> float:
    text = (await client.get("/metrics")).text
    samples = [sample for family in metrics_in(text) for sample in family.samples]
    return sum(one.value for one in samples if one.name == name and labels.items() <= one.labels.items())


async def test_what_became_of_mails_and_how_long_work_waits_is_told(
    parvis: Parvis, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    sent = await told(client, "parvis_mails_total", outcome="sent")

    async def ask(session: AsyncSession) -> None:
        send_mail(session, Mail("verify_address", "ada.roy@univ.example", "fr", {"link": "/somewhere"}))

    await parvis.database.write(ask)
    await run_jobs(parvis)
    assert await told(client, "parvis_mails_total", outcome="sent") == sent + 1
    assert await told(client, "parvis_jobs_waiting") == 0

    async def leave(session: AsyncSession) -> None:
        await enqueue(session, "nobody.does", {}, run_at=clock.now() - timedelta(minutes=5))

    await parvis.database.write(leave)
    assert await told(client, "parvis_jobs_waiting") == 1
    assert 300 <= await told(client, "parvis_jobs_waiting_seconds") < 330


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_with_a_token_only_who_has_it_is_told(settings: Settings) -> None:
    own = settings.model_copy(update={"metrics_token": SecretStr("m" * 32)})
    async with serving(own) as app, client_of(app) as client:
        assert (await client.get("/metrics")).status_code == 404
        for said in ("Bearer wrong", f"Basic {'m' * 32}", ""):
            assert (await client.get("/metrics", headers={"authorization": said})).status_code == 404
        let_in = await client.get("/metrics", headers={"authorization": f"Bearer {'m' * 32}"})
        assert let_in.status_code == 200
        assert (await client.get("/health/ready")).status_code == 200


ONE_OF_SEVERAL = """
import os, sys
from parvis.kernel.metrics import JOBS_DONE, SOCKETS, exposition
JOBS_DONE.labels("x", "done").inc(int(sys.argv[1]))
SOCKETS.set(int(sys.argv[1]))
if sys.argv[2] == "tell":
    print(exposition().decode())
"""


async def test_several_processes_are_told_of_as_one_and_those_that_died_have_no_sockets(tmp_path: Path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    def run(count: int, what: str) -> str:
        command = [sys.executable, "-c", ONE_OF_SEVERAL, str(count), what]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    await asyncio.to_thread(run, 5, "end")
    lines = (await asyncio.to_thread(run, 2, "tell")).splitlines()
    assert 'parvis_jobs_total{name="x",outcome="done"} 7.0' in lines
    assert "parvis_sockets 2.0" in lines


async def test_each_alert_is_of_something_that_is_told(client: httpx.AsyncClient) -> None:
    families = {family.name for family in metrics_in((await client.get("/metrics")).text)}
    named = set(re.findall(r"\bparvis_\w+", ALERTS.read_text()))
    assert len(named) > 8
    assert {re.sub(r"_(total|bucket)$", "", name) for name in named} <= families
