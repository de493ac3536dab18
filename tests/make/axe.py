"""What axe finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
STILL = """
() => {
  const still = new CSSStyleSheet()
  still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }')
  document.adoptedStyleSheets.push(still)
}
"""
"""Half faded in, a dialog has half its contrast, and so has what comes while axe looks."""
MOVING = "() => document.adoptedStyleSheets.pop()"
TURNED = """
() => {
  const shown = document.documentElement.dataset
  shown.theme = shown.mantineColorScheme = shown.theme === 'dark' ? 'light' : 'dark'
}
"""
USUAL: dict[str, Any] = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}, "iframes": False}
"""Without fetching the styles anew, which none of the rules that are on asks for: a quarter of the time. Axe is in no
frame, and need not be waited for there."""
COLOURS = "color-contrast"
"""The one rule that depends on the theme. It takes more than half of the time."""


def grave_faults(page: Page) -> list[str]:
    """Each fault that keeps somebody out, with where it is."""
    return _found(page, USUAL)


def grave_faults_in_themes(page: Page, language: str) -> list[str]:
    """The same by day and by night. Colours are looked at in French alone: they are the same in every language, and
    all that is no colour is the same in both themes."""
    if language != "fr":
        return _found(page, {**USUAL, "rules": {COLOURS: {"enabled": False}}})
    faults = grave_faults(page)
    page.evaluate(TURNED)
    faults += _found(page, {**USUAL, "runOnly": [COLOURS]})
    page.evaluate(TURNED)
    return faults


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    page.evaluate(STILL)
    found = Axe().run(page, options=options)
    page.evaluate(MOVING)
    assert found.response["passes"], "axe has checked nothing"
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found.response["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
