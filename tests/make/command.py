"""The `parvis` command within this process, where starting a program of its own would show nothing more."""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import structlog
from typer.testing import CliRunner, Result

from parvis.cli import cli

__all__ = ["Result", "command"]


def command(environment: Mapping[str, str], *arguments: str) -> Result:
    """What it printed (`stdout`, `stderr`) and its `exit_code`. It has a thread of its own, since it runs a loop of its
    own, and knows of no other setting than those given. Raises what the command let through."""
    with logging_kept(), ThreadPoolExecutor(1) as apart:
        result = apart.submit(_run, environment, arguments).result()
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def _run(environment: Mapping[str, str], arguments: tuple[str, ...]) -> Result:
    forgotten = {name: None for name in os.environ if name.startswith("PARVIS_")}
    return CliRunner().invoke(cli, arguments, env={**forgotten, **environment})


@contextmanager
def logging_kept() -> Iterator[None]:
    """A command says itself what it logs and how."""
    before = structlog.get_config()
    try:
        yield
    finally:
        structlog.configure(**before)
