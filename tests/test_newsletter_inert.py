"""Merge tags by themselves: which text is one, what stands for it, where it leads."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from letters_samples import SITE, config, letter
from newsfeed.config import parse
from newsfeed.newsletter.merge_tags import (
    KEEP_APART,
    SERVICES,
    Sentinels,
    Service,
    in_html,
    inert,
    inert_address,
    service,
    values,
)

TAGS = {
    "mailchimp": ("*|UNSUB|*", "*|ARCHIVE|*"),
    "brevo": ("{{ unsubscribe }}", "{{ mirror }}"),
    "listmonk": ("{{ UnsubscribeURL }}", "{{ MessageURL }}"),
    "buttondown": ("{{ unsubscribe_url }}", "{{ email_url }}"),
    "ghost": ("%%{unsubscribe_url}%%", f"{SITE}newsletter/2026-10/"),
    "ses": ("{{amazonSESUnsubscribeUrl}}", f"{SITE}newsletter/2026-10/"),
    "keila": ("{{ unsubscribe_link }}", f"{SITE}newsletter/2026-10/"),
    "mailerlite": ("{$unsubscribe}", "{$url}"),
    "mailjet": ("[[UNSUB_LINK_FR]]", "[[PERMALINK]]"),
    "mautic": ("{unsubscribe_url}", "{webview_url}"),
    "phplist": ("[UNSUBSCRIBEURL]", f"{SITE}newsletter/2026-10/"),
    "sendy": ("[unsubscribe]", "[webversion]"),
    "postmark": ("{{{ pm:unsubscribe }}}", f"{SITE}newsletter/2026-10/"),
}
LOOKS_LIKE_A_TAG = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|\*\||\|\*|%%|<%|\$\{|\{\$|\{webview|\{contact|\[unsub|\[Name|\[[A-Za-z][\w .-]{0,40}\]"
)


@given(st.text(st.sampled_from("{}%*|#<>$[]& ax\u200c"), max_size=60))
def test_nothing_that_looks_like_a_tag_is_left(text):
    """Whatever the characters, no two of them make a tag, and the reader sees the same."""
    clean = inert(text)
    assert not LOOKS_LIKE_A_TAG.search(clean)
    assert clean.replace(KEEP_APART, "") == text.replace(KEEP_APART, "")
    assert inert(clean) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("{{ a }}", "{¦{ a }¦}"), ("{{{ a }}}", "{¦{¦{ a }¦}¦}"), ("{% a %}", "{¦% a %¦}"),
        ("{# a #}", "{¦# a #¦}"), ("{a}", "{a}"), ("{ a }", "{ a }"), ("{$a}", "{¦$a}"),
        ("${a}", "$¦{a}"), ("#{a}", "#¦{a}"), ("%{a}%", "%¦{a}%"), ("%%a%%", "%¦%a%¦%"),
        ("*|A|*", "*¦|A|¦*"), ("* | A | *", "* | A | *"), ("<% a %>", "<¦% a %¦>"),
        ("<%= a %>", "<¦%= a %¦>"), ("[[A]]", "[¦[¦A]¦]"), ("[a]", "[¦a]"), ("[A b.c-d_1]", "[¦A b.c-d_1]"),
        ("[1]", "[1]"), ("[…]", "[…]"), ("[]", "[]"), ("[a, b]", "[a, b]"), ("[é]", "[é]"),
        ("[aé]", "[¦aé]"), ("[Name,fallback=]", "[¦Name,fallback=]"), ("[Name,fallback=A b!]", "[¦Name,fallback=A b!]"),
        (f"[a{'b' * 40}]", f"[¦a{'b' * 40}]"), (f"[a{'b' * 41}]", f"[a{'b' * 41}]"),
        ("{a_b}", "{¦a_b}"), ("{a_b_c}", "{¦a_b_c}"), ("{contactfield=a}", "{¦contactfield=a}"), ("{A_B}", "{A_B}"),
        ("50 %, 100%", "50 %, 100%"), ("a || b", "a || b"), ("2 ** 3", "2 ** 3"), ("$5 [1] {x}", "$5 [1] {x}"),
        # An address within the text still leads there.
        ("{{a}} https://x.example/a?b=c|d&e=1*2#f {{a}}", "{¦{a}¦} https://x.example/a?b=c|d&e=1*2#f {¦{a}¦}"),
        ("http://x.example/{{a}} {{b}}", "http://x.example/%7B%7Ba%7D%7D {¦{b}¦}"),
        ("mailto:a@x.example?subject={{a}}", "mailto:a@x.example?subject=%7B%7Ba%7D%7D"),
        ("<https://x.example/[sic]> [b]", "<https://x.example/%5Bsic]> [¦b]"),
    ],
)  # fmt: skip
def test_what_a_service_would_replace_is_split(text, clean):
    """A mark without width between the signs that make a tag, and nowhere else."""
    assert inert(text) == clean.replace("¦", "\u200c")


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        (plain := "https://x.example/a?b=c|d&e=1*2#f", plain),
        (plain := "https://x.example/100%25/a[]=1&b[0]=2&c=[]", plain),
        (plain := "https://[2001:db8::1]/a%7Cb%C3%A9", plain),
        ("https://x.example/{{ a }}", "https://x.example/%7B%7B a %7D%7D"),
        ("https://x.example/{", "https://x.example/%7B"),
        ("https://x.example/}", "https://x.example/%7D"),
        ("https://x.example/?a=*|A|*", "https://x.example/?a=%2A%7CA%7C%2A"),
        ("https://x.example/?*|", "https://x.example/?%2A%7C"),
        ("https://x.example/?|*", "https://x.example/?%7C%2A"),
        ("https://x.example/%%a%%/%C3", "https://x.example/%25%25a%25%25/%C3"),
        ("https://x.example/<%= a %>", "https://x.example/%3C%25= a %25>"),
        ("https://x.example/a%>", "https://x.example/a%25>"),
        ("https://x.example/?a=[unsubscribe]", "https://x.example/?a=%5Bunsubscribe]"),
        ("https://x.example/?a=[[A]]", "https://x.example/?a=%5B%5BA]]"),
        ("https://x.example/?a=[Name,fallback=x]", "https://x.example/?a=%5BName,fallback=x]"),
    ],
)
def test_an_address_leads_where_it_did(address, clean):
    """What a service would replace in an address is percent-encoded, and nothing else."""
    assert inert_address(address) == clean
    assert unquote(inert_address(address)) == unquote(address)
    assert inert_address(clean) == clean


SENDER = 'from = { name = "N", email = "n@s.example" }\n'
BY_MAIL = 'unsubscribe_email = "out@s.example"\n'
PAGE = 'unsubscribe = "https://s.example/out?a=1&b=2"\n'


@pytest.mark.parametrize(
    ("esp", "name", "lines", "way"),
    [
        ("none", "none", SENDER + BY_MAIL + PAGE, "https://s.example/out?a=1&b=2"),
        ("none", "none", SENDER + BY_MAIL, "mailto:out@s.example?subject=unsubscribe"),
        (
            "none",
            "none",
            'unsubscribe_email = "a&b=c/d@é.example"\n',
            "mailto:a%26b%3Dc%2Fd@xn--9ca.example?subject=unsubscribe",
        ),
        (
            "sendy",
            "none",
            'from = "N <n@é.example>"\n',
            "mailto:n@xn--9ca.example?subject=unsubscribe",
        ),
        ("none", "none", SENDER, ""),
        ("sendy", "sendy", SENDER + BY_MAIL + PAGE, "[unsubscribe]"),
        # A message that a mail program sends knows no service's tags: an answer is a way out.
        ("sendy", "none", SENDER + BY_MAIL + PAGE, "https://s.example/out?a=1&b=2"),
        ("sendy", "none", SENDER + BY_MAIL, "mailto:out@s.example?subject=unsubscribe"),
        ("sendy", "none", SENDER, "mailto:n@s.example?subject=unsubscribe"),
        ("sendy", "none", 'from = "N <no-reply@s.example>"\n', letter(1).web),
        (
            "sendy",
            "none",
            'from = "N <no-reply@s.example>"\nreply_to = "yes@s.example"\n',
            "mailto:yes@s.example?subject=unsubscribe",
        ),
        ("sendy", "none", "", letter(1).web),
    ],
)
def test_there_is_a_way_out_of_every_list(esp, name, lines, way):
    """A service's tag, the site's page, its address for that, or the sender: the first that there is."""
    settings = parse(
        '[site]\ntitle = "S"\nurl = "https://s.example/"\n[newsletter]\naddress = "A & B"\n'
        f'esp = "{esp}"\n{lines}'
    )
    found = service(name, settings, "en")
    filled = values(found, letter(1), settings)
    web = "[webversion]" if name == "sendy" else letter(1).web
    assert filled == {"unsubscribe": way, "web": web, "address": "A & B", "addresstext": "A & B"}
    shown = in_html(found, filled)
    assert shown["unsubscribe"] == (way if way == "[unsubscribe]" else escape(way))
    assert shown["address"] == "A &amp; B"


@pytest.mark.parametrize("name", TAGS)
def test_a_service_has_its_tags_by_its_name(name):
    """The tags that `docs/mailing-services.md` cites; without one for the web, the page is the site's."""
    found = service(name, config(), "fr")
    assert found.name == name
    assert (found.unsubscribe, found.web or letter(1).web) == TAGS[name]
    filled = values(found, letter(1), config())
    if name == "mailchimp":
        assert filled["address"] == "*|HTML:LIST_ADDRESS_HTML|*"
        assert filled["addresstext"] == "*|LIST:ADDRESSLINE|*"
    else:
        assert filled["address"] == filled["addresstext"] == config().newsletter.address
    assert {key: text for key, text in in_html(found, filled).items() if text != filled[key]} == {}


def test_a_service_of_one_s_own_has_what_is_written():
    bare = config('esp = { unsubscribe = "[o]" }')
    assert service("own", bare, "fr") == Service(name="own", unsubscribe="[o]")
    tags = {"unsubscribe": "[o]", "web": "[w]", "address": "[a]", "address_text": "[t]"}
    whole = config("esp = { " + ", ".join(f'{key} = "{tag}"' for key, tag in tags.items()) + " }")
    assert service("own", whole, "fr") == Service(name="own", **tags)
    same = config('esp = { unsubscribe = "[o]", address = "[a]" }')
    assert service("own", same, "fr").address_text == "[a]"


@pytest.mark.parametrize(
    ("language", "tag"),
    [("de-AT", "DE"), ("en", "EN"), ("es", "ES"), ("fr-CA", "FR"), ("it", "IT"), ("nl", "NL"), ("pt", "EN")],
)  # fmt: skip
def test_mailjet_speaks_the_letter_s_language(language, tag):
    """Mailjet has a page to unsubscribe in six languages, and in English for every other letter."""
    found = service("mailjet", config(), language)
    assert found.unsubscribe == f"[[UNSUB_LINK_{tag}]]"
    assert found.web == "[[PERMALINK]]"


def test_listmonk_alone_is_given_a_template_of_go():
    """What Go's ``html/template`` would drop or run is written for it, and for no other service."""
    assert [name for name in SERVICES if service(name, config(), "en").go] == ["listmonk"]


def test_stand_ins_differ_with_all_that_a_letter_holds():
    """A word that a letter holds anywhere changes its stand-ins: none can be quoted in it."""
    made = letter(2)
    first, *_ = made.sections
    entries = [
        (replace(first.entries[0], **{name: "other"})) for name in ("title", "summary", "content")
    ]
    others = [
        *(replace(made, sections=(replace(first, entries=(each,)), *made.sections[1:])) for each in entries),
        *(replace(made, **{name: "other"}) for name in ("key", "subject", "preheader", "editorial", "web")),
    ]  # fmt: skip
    stems = {Sentinels(each).of("web") for each in [made, *others]}
    assert len(stems) == len(others) + 1
    assert Sentinels(made).of("web") == Sentinels(letter(2)).of("web")


def test_a_template_s_own_tags_are_kept_apart():
    """However many tags a template keeps, each comes back as it was written."""
    sentinels = Sentinels(letter(1))
    tags = [f"*|TAG{number}|*" for number in range(120)]
    stand_ins = [sentinels.keep(tag) for tag in tags]
    text = "-".join([*stand_ins, sentinels.of("web")])
    assert sentinels.swap(text, {"web": "[w]"}) == "-".join([*tags, "[w]"])
