"""How one subscribes to the letter: an address, or a service's own form, without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as markup

from command import SETTINGS, article, newsfeed, site

NOW = ("--now", "2026-11-23T12:00:00Z")
FORMS = {
    "mailchimp": (
        '{ action = "https://x.us1.list-manage.example/subscribe/post?u=1&id=2", email = "EMAIL", '
        'fields = { b_1_2 = "" } }',
        {"b_1_2": ""},
        "EMAIL",
    ),
    "listmonk": (
        '{ action = "https://lists.example.org/subscription/form", email = "email", '
        'fields = { l = "7c1e\\"<b>", nonce = "" } }',
        {"l": '7c1e"<b>', "nonce": ""},
        "email",
    ),
}


def built(folder: Path, subscribe: str) -> Path:
    made = site(
        folder, {"a.md": article(date="2026-11-20")}, SETTINGS + f"[newsletter]\n{subscribe}\n"
    )
    result = newsfeed("build", *NOW, cwd=made)
    assert result.returncode == 0, result.stderr
    return made / "public"


@pytest.mark.parametrize(("written", "fields", "email"), FORMS.values(), ids=FORMS)
def test_a_form_of_the_service(
    tmp_path: Path, written: str, fields: dict[str, str], email: str
) -> None:
    """The page has the service's own form: its fields, a label, and a word on the confirmation."""
    public = built(tmp_path, f"subscribe = {written}")
    page = markup.fromstring((public / "subscribe/index.html").read_bytes())
    (form,) = page.xpath("//form[@class='sign-up']")
    assert form.get("method") == "post"
    assert form.get("action").startswith("https://")
    hidden = {
        each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")
    }
    assert hidden == fields
    (box,) = form.xpath(".//input[@type='email']")
    assert box.get("name") == email
    assert form.xpath(f".//label[@for='{box.get('id')}']")
    assert not form.xpath(".//script|.//@onsubmit")
    assert "confirmer" in page.text_content()


@pytest.mark.parametrize("address", ["https://lists.example.org/join", "mailto:join@example.org"])
def test_an_address(tmp_path: Path, address: str) -> None:
    """An address is a link on the page, and the letter's web version leads to that page."""
    public = built(tmp_path, f'subscribe = "{address}"')
    assert f'href="{address}"' in (public / "subscribe/index.html").read_text("utf-8")
    web = (public / "newsletter/latest/index.html").read_text("utf-8")
    assert 'href="https://www.example.org/subscribe/"' in web
    assert "/subscribe/" not in (public / "newsletter/latest/letter.html").read_text("utf-8")


@pytest.mark.parametrize(
    "written",
    [
        '"javascript:x()"',
        '{ email = "EMAIL" }',
        '{ action = "mailto:a@b.example", email = "E" }',
        "3",
    ],
)
def test_what_is_neither_is_said(tmp_path: Path, written: str) -> None:
    made = site(tmp_path, {"a.md": article()}, SETTINGS + f"[newsletter]\nsubscribe = {written}\n")
    result = newsfeed("build", *NOW, cwd=made)
    assert result.returncode == 2
    assert "newsletter.subscribe" in result.stderr
