"""`python -m parvis`, and the `parvis` command. What is loaded is no garbage: to look for some in it took a quarter of
the time until the command began."""

import gc

gc.disable()

from .cli import main  # noqa: E402

gc.enable()

if __name__ == "__main__":
    main()
