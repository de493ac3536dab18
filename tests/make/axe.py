"""What axe finds wrong with a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
SETTLED = """
() => Promise.allSettled(
  document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished),
)
"""


def grave_faults(page: Page) -> list[str]:
    """Each fault that keeps somebody out, with where it is."""
    page.evaluate(SETTLED)  # Half faded in, a dialog has half its contrast.
    found = Axe().run(page)
    assert found.response["passes"], "axe has checked nothing"
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found.response["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
