"""`python -m parvis`: the `parvis` command."""

from .cli import main

main()
