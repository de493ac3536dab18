#!/usr/bin/env python3
"""Take pictures of the built pages at several widths, themes and languages, under the server's own content policy.

    npx vite build --mode kitchen && ../.venv/bin/python scripts/look.py [where/to/put/them]

Answers of the API are the samples below. Fails on any console error, so that a broken policy or page is seen.
"""

import json
import mimetypes
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "frontend" / "dist"
ORIGIN = "http://localhost:8000"
NONCE = "bG9vaw"
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{NONCE}'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
MEMBER: dict[str, Any] = {
    "id": "0193a1b2-0000-7000-8000-000000000001",
    "name": "Inès Benali",
    "given_name": "Inès",
    "public": "student",
    "publics": ["student"],
    "affiliation": "L3 Géographie",
    "language": "fr",
    "appearance": "system",
    "roles": ["administrator"],
    "abilities": ["administer"],
    "next_steps": ["personal_address", "passkey", "interests"],
}
ORGANISATION: dict[str, Any] = {
    "name": "Université de Valorne",
    "short_name": "Valorne",
    "logo_url": None,
    "languages": ["fr", "en"],
    "default_language": "fr",
    "registration": "domains",
    "registration_domains": ["valorne.example"],
    "domains": None,
    "mail_tray": False,
    "abilities": [],
    "publics": {"student": 9412, "alum": 31060, "staff": 1180, "partner": 212},
}
PASSKEY_OPTIONS: dict[str, Any] = {
    "challenge": "bG9vaw",
    "rpId": "localhost",
    "timeout": 60_000,
    "allowCredentials": [],
    "userVerification": "required",
}
SHOTS = [
    # name, address, width, height, theme, language, signed in
    ("home-desktop", "/", 1440, 900, "light", "fr", True),
    ("home-desktop-dark", "/", 1440, 900, "dark", "en", True),
    ("home-tablet", "/", 834, 1112, "light", "fr", True),
    ("home-mobile", "/", 390, 844, "light", "fr", True),
    ("home-mobile-dark", "/", 390, 844, "dark", "en", True),
    ("home-320", "/", 320, 640, "light", "fr", True),
    ("entrance-desktop", "/sign-in", 1440, 900, "light", "fr", False),
    ("entrance-desktop-dark", "/sign-in", 1440, 900, "dark", "en", False),
    ("entrance-tablet", "/sign-in", 834, 1112, "light", "en", False),
    ("entrance-mobile", "/sign-in", 390, 844, "light", "fr", False),
    ("entrance-320", "/sign-in", 320, 640, "light", "fr", False),
    ("components-desktop", "/components", 1440, 900, "light", "fr", True),
    ("components-desktop-dark", "/components", 1440, 900, "dark", "fr", True),
    ("components-mobile", "/components", 390, 844, "light", "fr", True),
    ("notfound-desktop", "/nowhere", 1440, 900, "light", "fr", True),
]


def main() -> int:
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "shots" / "look"
    where.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, address, width, height, theme, language, signed_in in SHOTS:
            page = open_page(browser, width, height, theme, language, signed_in, faults)
            page.goto(ORIGIN + address)
            page.locator("h1").first.wait_for()
            page.wait_for_timeout(500)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{name}: scrolls sideways at {width} px")
            page.screenshot(path=where / f"{name}.png", full_page=True)
            page.context.close()
        browser.close()
    for fault in faults:
        print(fault)
    print(f"look: {len(SHOTS)} pictures in {where}, {len(faults)} faults")
    return 1 if faults else 0


def open_page(
    browser: Browser, width: int, height: int, theme: str, language: str, signed_in: bool, faults: list[str]
) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.add_init_script(
        f"localStorage.setItem('parvis.theme','{theme}');localStorage.setItem('parvis.language','{language}')"
    )
    page = context.new_page()
    page.on(
        "console", lambda said: faults.append(f"console: {said.text}") if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: faults.append(f"page: {error}"))
    member = {**MEMBER, "language": language, "appearance": theme} if signed_in else None
    page.route("**/*", lambda route: answer(route, member))
    return page


def answer(route: Route, member: dict[str, Any] | None) -> None:
    path = urlsplit(route.request.url).path
    if path == "/api/v1/session":
        return route.fulfill(json={"csrf_token": "look", "member": member})
    if path == "/api/v1/organisation":
        return route.fulfill(json=ORGANISATION)
    if path == "/api/v1/passkeys/options":
        return route.fulfill(json={"public_key": PASSKEY_OPTIONS})
    file = DIST / path.lstrip("/")
    if path != "/" and file.is_file():
        return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    if path.startswith("/api/"):
        return route.fulfill(status=404, body=json.dumps({"code": "not_found", "title": "?", "status": 404}))
    html = (DIST / "index.html").read_text().replace("__CSP_NONCE__", NONCE)
    return route.fulfill(body=html, content_type="text/html", headers={"content-security-policy": POLICY})


if __name__ == "__main__":
    sys.exit(main())
