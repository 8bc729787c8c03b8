"""An editor's forms as a browser sees and sends them."""

from __future__ import annotations

import html
import re

from tests.unit.web.conftest import Browser

TAJIK = "/content/unpaid-wages/tg"
RUSSIAN = "/content/unpaid-wages/ru"


async def seen(browser: Browser, path: str, status: int = 200) -> str:
    """What stands on a page, as text of its HTML without entities."""
    answer = await browser.get(path)
    assert answer.status == status, path
    return html.unescape(await answer.text())


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


async def form_of(browser: Browser, text: str) -> dict[str, str]:
    """The fields of an edit form as a browser would send them back unchanged."""
    page = await seen(browser, f"{text}/edit")
    body = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert body is not None
    fields = {name: value_of(page, name) for name in ("opened", "compared", "title", "remark")}
    chosen = re.search(r'name="follows" value="(\w+)"(?: required)? checked', page)
    return {**fields, "body": body[1], **({"follows": chosen[1]} if chosen else {})}
