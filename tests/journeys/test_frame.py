"""The frame of a page stands before any script has run, and without one it says what is missing."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from .conftest import Served


@pytest.mark.parametrize("scheme, ground", [("light", "rgb(236, 234, 228)"), ("dark", "rgb(15, 19, 30)")])
def test_a_page_without_scripts_has_its_frame_in_both_themes_and_says_why(
    served: Served, chromium: Browser, scheme: str, ground: str
) -> None:
    for width in (1440, 390):
        context = chromium.new_context(
            java_script_enabled=False,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        page.goto(served.url)
        expect(page.locator(".boot-without")).to_be_visible()
        assert "Parvis a besoin de JavaScript." in page.locator(".boot-without").inner_text()
        expect(page.locator("body")).to_have_css("background-color", ground)
        side, column = page.locator(".boot-side"), page.locator(".boot-page")
        expect(side.locator("svg")).to_be_visible()
        assert (_right(side) <= _left(column)) == (width == 1440)
        context.close()


def _left(of: Locator) -> float:
    box = of.bounding_box()
    assert box is not None
    return box["x"]


def _right(of: Locator) -> float:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"]
