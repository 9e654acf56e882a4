"""Merge tags: the service's own to the byte, an article's never."""

from __future__ import annotations

import email
import email.policy
import re
from html import unescape

import pytest
from msgspec.structs import replace

from letters_samples import SITE, config, entry, letter, theme
from newsfeed.model import Person, Section
from newsfeed.newsletter import render, web_page
from newsfeed.newsletter.merge_tags import KEEP_APART, Sentinels, service, values
from test_newsletter_inert import LOOKS_LIKE_A_TAG, TAGS

HOSTILE = (
    "{{ contact.EMAIL }} {{{x}}} *|FNAME|* %%{email}%% %%x%% {% if a %} {# x #} <%= x %> "
    "&#123;&#123; y &#125;&#125; ${z} {$name} {webview_url} {contactfield=email} [unsubscribe] "
    "[Name,fallback=x] [FIRST NAME] [sic] [attribute2] https://x.example/[unsubscribe] "
    "https://x.example/?a={{b}}&c=*|D|*"
)


def shown(data: bytes) -> str:
    """Return an HTML file without its styles and comments."""
    bare = re.sub(r"<style.*?</style>|<!--.*?-->", "", data.decode(), flags=re.DOTALL)
    return bare.replace('{{ Safe "" }}', "")


@pytest.mark.parametrize("name", TAGS)
def test_service_tags_to_the_byte(name):
    """Each service finds its tags in the HTML, the text and the header, as it documents them."""
    settings = config(f'esp = ["{name}", "none"]\nutm = {{ utm_source = "lettre" }}')
    files = {
        o.path.rpartition("/")[2]: o.data
        for o in render(letter(), settings, theme(settings)).outputs
    }
    html, text, data = (files[f"letter.{name}.{end}"] for end in ("html", "txt", "eml"))
    unsubscribe, web = (tag.encode() for tag in TAGS[name])
    assert b'href="' + unsubscribe + b'"' in html
    assert b'href="' + web + b'"' in html
    assert unsubscribe in text
    assert web in text
    head = data.split(b"\r\n\r\n")[0]
    assert b"List-Unsubscribe: <" + unsubscribe + b">" in head
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert parsed.get_body(("html",)).get_content().replace("\r\n", "\n").encode() == html
    if name == "mailchimp":
        assert b"*|HTML:LIST_ADDRESS_HTML|*" in html
        assert b"*|LIST:ADDRESSLINE|*" in text


def test_the_message_speaks_to_no_service():
    """``letter.eml`` is sent by a mail program: it bears the site's own addresses, or an answer."""
    for extra, way in (
        ('esp = "mailchimp"', "https://www.reseau-mistral.example/desabonnement"),
        (
            'esp = { unsubscribe = "[[leave]]", web = "[[web]]" }',
            "https://www.reseau-mistral.example/",
        ),
    ):
        settings = config(extra)
        outputs = {
            o.path.rpartition("/")[2]: o.data
            for o in render(letter(), settings, theme(settings)).outputs
        }
        assert set(outputs) == {"letter.html", "letter.txt", "letter.eml"}
        message = email.message_from_bytes(outputs["letter.eml"], policy=email.policy.default)
        assert way in message["List-Unsubscribe"]
        for part in message.iter_parts():
            assert "UNSUB" not in part.get_content()
            assert "[[leave]]" not in part.get_content()
    assert b"[[leave]]" in outputs["letter.html"]
    assert b"[[leave]]" in outputs["letter.txt"]


LEAVE, MAIL = "https://a.example/leave", "leave@a.example"
SENDER, WEB = Person(name="A", email="a@a.example"), "https://a.example/letters/1/"


@pytest.mark.parametrize(
    ("name", "said", "way"),
    [
        ("none", {"unsubscribe": LEAVE, "unsubscribe_email": MAIL}, LEAVE),
        ("none", {"unsubscribe_email": MAIL}, f"mailto:{MAIL}?subject=unsubscribe"),
        ("none", {"from_": SENDER}, ""),
        ("none", {"from_": SENDER, "esp": ("brevo",)}, "mailto:a@a.example?subject=unsubscribe"),
        ("none", {"from_": SENDER, "esp": ("brevo", "none")}, ""),
        ("none", {"from_": Person(name="A"), "esp": ("brevo",)}, WEB),
        ("none", {"from_": None, "esp": ("brevo",)}, WEB),
        ("none", {"unsubscribe": LEAVE, "esp": ("brevo",)}, LEAVE),
        ("brevo", {"unsubscribe": LEAVE, "unsubscribe_email": MAIL}, "{{ unsubscribe }}"),
    ],
)
def test_which_way_out_a_letter_has(name, said, way):
    """The service's, the site's, an e-mail; and an answer where a tag would be dead."""
    settings = config("")
    nothing = {
        "unsubscribe": None,
        "unsubscribe_email": None,
        "from_": None,
        "esp": ("none",),
        "address": "1, rue A",
    }
    settings = replace(settings, newsletter=replace(settings.newsletter, **nothing | said))
    filled = values(service(name, settings, "en"), replace(letter(), web=WEB), settings)
    assert filled == {
        "unsubscribe": way,
        "web": WEB if name == "none" else "{{ mirror }}",
        "address": "1, rue A",
        "addresstext": "1, rue A",
    }


def test_several_services_have_files_of_their_own():
    """Several services: three files each, and the first one's under the plain name too."""
    settings = config('esp = ["brevo", "mailchimp", "none"]')
    files = {o.path: o.data for o in render(letter(), settings, theme(settings)).outputs}
    stems = ["letter", "letter.brevo", "letter.mailchimp", "letter.none"]
    assert set(files) == {
        f"newsletter/2026-10/{s}.{e}" for s in stems for e in ("html", "txt", "eml")
    }
    assert files["newsletter/2026-10/letter.html"] == files["newsletter/2026-10/letter.brevo.html"]
    assert b"*|UNSUB|*" in files["newsletter/2026-10/letter.mailchimp.html"]
    assert b"desabonnement?liste=lettre&amp;de" in files["newsletter/2026-10/letter.none.html"]


@pytest.mark.parametrize("name", TAGS)
def test_article_tags_are_inert(name):
    """An article's, a title's or an editorial's own tags reach no service, and read the same."""
    hostile = entry(
        50,
        title=unescape(HOSTILE),
        content=f'<p title="{{{{ x }}}}">{HOSTILE} <a href="https://x.example/{{{{ u }}}}?*|A|*&amp;b=[unsubscribe]&amp;c=[[PERMALINK]]">l</a></p>'
        f'<p><img src="https://x.example/%%{{a}}%%.png" alt="{HOSTILE}"></p>',
    )
    one = Section(title="{{ s }}", entries=(hostile,), style="full")
    made = replace(letter(8), subject=unescape(HOSTILE), preheader=unescape(HOSTILE))
    made = replace(made, sections=(*made.sections, one), editorial=f"<p>{HOSTILE}</p>")
    settings = config(f'esp = "{name}"')
    html, text, data = (output.data for output in render(made, settings, theme(settings)).outputs)
    found = service(name, settings, made.language)
    mine = [t for t in (found.unsubscribe, found.web, found.address, found.address_text) if t]
    subject = str(email.message_from_bytes(data, policy=email.policy.default)["Subject"])
    for part in (shown(html), unescape(shown(html)), text.decode(), subject):
        rest = part
        for tag in mine:
            rest = rest.replace(tag, "")
        assert not LOOKS_LIKE_A_TAG.search(rest), LOOKS_LIKE_A_TAG.search(rest)
    words = " ".join(unescape(shown(html)).replace(KEEP_APART, "").split())
    assert "{{ contact.EMAIL }} {{{x}}} *|FNAME|* %%{email}%%" in words


def letters(extra: str) -> dict[str, str]:
    """Return the files of a letter by their names, with ``extra`` settings of the newsletter."""
    settings = config(extra)
    rendered = render(letter(1), settings, theme(settings))
    return {o.path.rpartition("/")[2]: o.data.decode() for o in rendered.outputs}


def test_own_tags_are_a_service_s():
    """A service that newsfeed does not know: its tags stand to the byte, the address in both parts."""
    tags = 'unsubscribe = "<<out>>", web = "<<web>>", address = "<<here>>"'
    files = letters(f"esp = {{ {tags} }}")
    for part in (files["letter.html"], files["letter.txt"]):
        assert all(tag in part for tag in ("<<out>>", "<<web>>", "<<here>>"))
    files = letters(f'esp = {{ {tags}, address_text = "<<line>>" }}')
    assert "<<line>>" not in files["letter.html"]
    assert "<<here>>" in files["letter.html"]
    assert "<<line>>" in files["letter.txt"]
    assert "<<here>>" not in files["letter.txt"]


def test_own_templates_may_hold_a_tag(tmp_path):
    """A site's own template writes a merge tag with ``keep``, and the letter has it to the byte."""
    (tmp_path / "letter-magazine.html").write_text(
        '{% extends "default/letter-magazine.html" %}'
        '{% block top %}<tr><td>{{ keep("*|FNAME|*") }} {{ keep("{{ a }}") }}</td></tr>{% endblock %}'
    )
    settings = config('esp = "mailchimp"')
    html = render(letter(), settings, theme(settings, tmp_path)).outputs[0].data.decode()
    assert "*|FNAME|* {{ a }}" in html


def test_no_article_can_hold_a_stand_in():
    """Stand-ins depend on the whole letter: an article cannot know them, nor be swapped."""
    first = letter(3)
    stolen = Sentinels(first).of("unsubscribe")
    thief = Section(title="", entries=(entry(7, content=f"<p>{stolen}</p>"),), style="full")
    made = replace(first, sections=(*first.sections, thief))
    settings = config('esp = "brevo"')
    html = render(made, settings, theme(settings)).outputs[0].data.decode()
    assert stolen in html


def test_campaign_parameters_stay_home():
    """UTM parameters are added to our own links in the HTML alone, and not twice."""
    settings = config('esp = "brevo"\nutm = { utm_source = "lettre", utm_medium = "email" }')
    body = f'<p><a href="{SITE}x?utm_source=a#b">a</a> <a href="https://y.example/">b</a></p>'
    one = Section(title="", entries=(entry(9, content=body),), style="full")
    made = replace(letter(), sections=(*letter().sections, one))
    html, text, _ = (o.data.decode() for o in render(made, settings, theme(settings)).outputs)
    assert f'href="{SITE}x?utm_source=a&amp;utm_medium=email#b"' in html
    assert 'href="https://y.example/"' in html
    assert (
        f'href="{SITE}items/2026/10/article-0.html?utm_medium=email&amp;utm_source=lettre"' in html
    )
    assert "utm_medium" not in text
    assert not re.search(r"(?:unsubscribe|mirror) \}\}[?&]", html)
    page = web_page(made, settings, theme(settings)).data.decode()
    assert "utm_medium" not in page
