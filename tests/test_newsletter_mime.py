"""The message: its raw bytes are what RFC 2369, RFC 8058 and a relay need, on every run."""

from __future__ import annotations

import base64
import email
import email.policy
import mimetypes
import random
import re
import smtplib
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from draws import times
from letters_samples import ITEMS, SITE, config, letter, theme
from newsfeed.config import parse
from newsfeed.model import Person
from newsfeed.newsletter import Extras, render
from newsfeed.newsletter.headers import Envelope, checked, envelope
from newsfeed.newsletter.links import (
    Picture,
    embedded,
    leads_into,
    with_parameters,
    without_parameters,
)
from newsfeed.newsletter.mime import message

LONG = "https://www.reseau-mistral.example/desabonnement?jeton=" + "a1b2c3d4" * 40
ENVELOPE = Envelope(
    key="2026-10",
    subject="Bonjour",
    date=datetime(2026, 10, 5, 6, tzinfo=UTC),
    language="fr",
    domain="www.reseau-mistral.example",
    list_name="La lettre du réseau",
    sender=Person(name="Réseau Mistral Cancer", email="lettre@reseau-mistral.example"),
    unsubscribe=LONG,
    unsubscribe_email="sortie@reseau-mistral.example",
    one_click=True,
)


def words(size: int) -> st.SearchStrategy[str]:
    """What people write: any characters, and long words without a space."""
    return st.text(max_size=size) | st.text("aé =?_\n", max_size=4 * size)


def made(**changes) -> bytes:
    return message(replace(ENVELOPE, **changes), "<p>x</p>", "x")


def eml(settings, count=8) -> bytes:
    return render(letter(count), settings, theme(settings)).outputs[2].data


def raw_headers(data: bytes) -> dict[bytes, bytes]:
    """Return header -> raw value with its folds, without any parsing of ours or Python's."""
    head = data.split(b"\r\n\r\n")[0]
    return dict(re.findall(rb"(?:^|\n)([A-Za-z-]+): ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", head))


def test_long_unsubscribe_stays_on_one_line_as_it_is():
    """The stdlib's SMTP policy folds and encodes a long address (cpython#85725): ours does not."""
    naive = EmailMessage(policy=email.policy.SMTP)
    naive["List-Unsubscribe"] = f"<{LONG}>, <mailto:sortie@reseau-mistral.example>"
    assert b"=?utf-8?q?" in naive.as_bytes()
    line = raw_headers(made())[b"List-Unsubscribe"]
    assert line == (
        f"<{LONG}>, <mailto:sortie@reseau-mistral.example?subject=unsubscribe>".encode()
    )
    assert len(line) > 300
    assert raw_headers(made())[b"List-Unsubscribe-Post"] == b"List-Unsubscribe=One-Click"


def test_one_click_is_promised_where_the_address_knows_the_reader():
    """RFC 8058 §3.1: the header stands beside an https address that names who leaves."""
    for extra, present in (
        ('unsubscribe = "https://x.example/u"', False),
        ('unsubscribe = "https://x.example/u"\none_click = true', True),
        ('unsubscribe = "http://x.example/u"\none_click = true', False),
    ):
        text = (
            "[site]\ntitle='x'\nurl='https://x.example/'\n[newsletter]\n"
            f"from = {{ name = 'x', email = 'a@x.example' }}\n{extra}\n"
        )
        headers = raw_headers(eml(parse(text)))
        assert (b"List-Unsubscribe-Post" in headers) is present
        assert b"List-Unsubscribe" in headers


def test_headers_of_a_list():
    """Date, Message-ID, List-Id and From follow from the letter alone, in ASCII."""
    headers = raw_headers(eml(config()))
    assert headers[b"Date"] == b"Mon, 05 Oct 2026 08:00:00 +0200"
    assert headers[b"Message-ID"].startswith(b"<2026-10.")
    assert headers[b"Message-ID"].endswith(b"@www.reseau-mistral.example>")
    assert headers[b"List-Id"].endswith(b" <newsletter.www.reseau-mistral.example>")
    assert headers[b"From"].endswith(b" <lettre@reseau-mistral.example>")
    assert b"X-Unsent" not in headers
    assert all(value.isascii() for value in headers.values())


def test_draft_opens_as_a_draft():
    """With ``draft`` the message says that it was not sent, and names nobody yet."""
    headers = raw_headers(eml(config("draft = true")))
    assert headers[b"X-Unsent"] == b"1"
    assert b"To" not in headers


@given(words(300), words(80))
@example("x" * 1500, "x" * 1500)
@example("mot " * 400, "a name that is longer than a line of a header may well be, " * 20)
@example("=?utf-8?q?=42?=", '=?utf-8?q?=42?= "x" <y>')
def test_any_words_make_sound_headers(subject, name):
    """Whatever people write, headers are folded ASCII lines, and read back as written."""
    sender = Person(name=name, email="a@x.example")
    clean, _ = checked(replace(ENVELOPE, subject=subject, sender=sender, list_name=name), "x.md")
    data = message(clean, "<p>x</p>", "x")
    head = data.split(b"\r\n\r\n")[0]
    assert head.isascii()
    for line in head.split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert line.startswith(b"List-Unsubscribe") or len(line) <= 200
    assert len(re.findall(rb"(?m)^(?:Bcc|X-Evil)", head)) == 0
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert parsed["From"].addresses[0].addr_spec == "a@x.example"
    read = str(make_header(decode_header(raw_headers(data)[b"Subject"].decode())))
    assert "".join(read.split()) == "".join(clean.subject.split())


@pytest.mark.parametrize("where", ["subject", "list_name", "sender", "reply_to"])
def test_line_breaks_in_headers_are_said_and_gone(where):
    """CR or LF in a header's value is a diagnostic, and writes no header of its own."""
    evil = "a\r\nBcc: x@evil.example\r\n\r\n<script>"
    value = Person(name=evil, email="a@x.example") if where == "sender" else evil
    clean, problems = checked(replace(ENVELOPE, **{where: value}), "issues/x.md")
    assert [problem.code for problem in problems] == ["letter-header"]
    head = message(clean, "<p>x</p>", "x").split(b"\r\n\r\n")[0]
    assert not re.search(rb"(?m)^Bcc:", head)
    assert head.count(b"\r\n\r\n") == 0


@pytest.mark.parametrize(
    ("where", "value", "header", "cleaned"),
    [
        ("subject", " a\nb\x7f", "Subject", "a b"),
        ("list_name", "a\u2028b", "List-Id", "a b"),
        (
            "sender",
            Person(name="a\tb", email="c\n@x.example"),
            "From",
            Person(name="a b", email="c@x.example"),
        ),
        ("reply_to", "a\r\nb@x.example", "Reply-To", "ab@x.example"),
        ("unsubscribe_email", "a\nb@x.example", "List-Unsubscribe", "ab@x.example"),
        # What runs text the other way is no mistake of who wrote it, and shows as another sender.
        ("subject", "a\u202eb", "", "ab"),
        ("list_name", "a\u2066b", "", "ab"),
        # Where lines may break is nothing for a header: filters take it for what hides a word.
        (
            "subject",
            "Arbeits\u00adschutz\u200b f\ufeffür A\u200dB",
            "",
            "Arbeitsschutz für A\u200dB",
        ),
    ],
)
def test_a_control_character_is_said_once_with_its_header(where, value, header, cleaned):
    """Whatever held it, the message has the words without it."""
    clean, problems = checked(replace(ENVELOPE, **{where: value}), "issues/x.md")
    assert getattr(clean, where) == cleaned
    said = [(each.code, each.path, dict(each.values)["header"]) for each in problems]
    assert said == ([("letter-header", "issues/x.md", header)] if header else [])
    again, none = checked(clean, "issues/x.md")
    assert (again, none) == (clean, ())


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SENDER = "a@x.example"
# What an envelope says, and the headers that follow to the letter; None for one that must not be.
HEADERS: dict[str, tuple[dict[str, object], dict[str, str | None]]] = {
    "an answer goes to a host with accents": (
        {"reply_to": "b@été.example"}, {"Reply-To": "<b@xn--t-9fab.example>"}),
    "an answer goes to the sender": ({}, {"Reply-To": None}),
    "a letter is for its own sender until a service writes the readers": (
        {"sender": Person(name="A", email=SENDER)}, {"From": "A <a@x.example>", "To": "A <a@x.example>"}),
    "a draft names nobody": ({"draft": True}, {"To": None, "X-Unsent": "1"}),
    "no draft": ({}, {"X-Unsent": None}),
    "a sender without a name": ({"sender": Person(name="", email=SENDER)}, {"From": SENDER}),
    "a sender with a comma": (
        {"sender": Person(name="A, B", email=SENDER)}, {"From": '"A, B" <a@x.example>'}),
    "a sender without an address": (
        {"sender": Person(name="A")}, {"From": None, "To": None, "X-Unsent": None}),
    "nobody can leave": (
        {"unsubscribe": None, "unsubscribe_email": None, "one_click": False},
        {"List-Unsubscribe": None, "List-Unsubscribe-Post": None}),
    "by mail alone": (
        {"unsubscribe": None, "one_click": False},
        {"List-Unsubscribe": "<mailto:sortie@reseau-mistral.example?subject=unsubscribe>"}),
    "by mail to a host with accents": (
        {"unsubscribe": None, "one_click": False, "unsubscribe_email": "a+b%c@été.example"},
        {"List-Unsubscribe": "<mailto:a+b%25c@xn--t-9fab.example?subject=unsubscribe>"}),
    "by a page alone": (
        {"unsubscribe": "https://x.example/u", "unsubscribe_email": None},
        {"List-Unsubscribe": "<https://x.example/u>"}),
    "as much as a line holds": (
        {"unsubscribe": f"https://x.example/{'u' * 933}", "unsubscribe_email": None},
        {"List-Unsubscribe": f"<https://x.example/{'u' * 933}>"}),
    "a plain name": ({"list_name": "News"}, {"List-Id": "News <newsletter.www.reseau-mistral.example>"}),
    "a name with accents": (
        {"list_name": "Été"},
        {"List-Id": "=?utf-8?b?w4l0w6k=?= <newsletter.www.reseau-mistral.example>"}),
    "a subject that looks encoded": ({"subject": "=?x?= a"}, {"Subject": "=?utf-8?b?PT94Pz0gYQ==?="}),
    "a plain subject": ({"subject": "a" * 60}, {"Subject": "a" * 60}),
    "a word that no line holds": (
        {"subject": "a" * 61}, {"Subject": f"=?utf-8?q?{'a' * 55}?=\r\n =?utf-8?q?{'a' * 6}?="}),
    "an empty subject": ({"subject": ""}, {"Subject": ""}),
    "plain words that fill more than a line": (
        {"subject": "mot " * 19 + "mot"}, {"Subject": f"{'mot ' * 16}mot\r\n mot mot mot"}),
    # RFC 2047 §2: no encoded word is longer than 75 characters.
    "a name with many accents": (
        {"list_name": "é" * 30},
        {"List-Id": f"=?utf-8?b?{_base64('é' * 19)}?=\r\n =?utf-8?b?{_base64('é' * 11)}?= "
            "<newsletter.www.reseau-mistral.example>"}),
    "a name as long as a line": (
        {"list_name": "a " * 29 + "bc"}, {"List-Id": f"{'a ' * 29}bc <newsletter.www.reseau-mistral.example>"}),
    "a name that looks encoded": (
        {"list_name": "=?x?="}, {"List-Id": "=?utf-8?b?PT94Pz0=?= <newsletter.www.reseau-mistral.example>"}),
    "its language, its day, its version": (
        {"language": "pt-BR"},
        {"Content-Language": "pt-BR", "Date": "Mon, 05 Oct 2026 06:00:00 +0000", "MIME-Version": "1.0"}),
    "one click": ({}, {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}),
    "no click": ({"one_click": False}, {"List-Unsubscribe-Post": None}),
    "both ways on one line": (
        {"unsubscribe": f"https://x.example/{'u' * 879}"},
        {"List-Unsubscribe":
            f"<https://x.example/{'u' * 879}>, <mailto:sortie@reseau-mistral.example?subject=unsubscribe>"}),
    "both ways on two lines": (
        {"unsubscribe": f"https://x.example/{'u' * 880}"},
        {"List-Unsubscribe":
            f"<https://x.example/{'u' * 880}>,\r\n <mailto:sortie@reseau-mistral.example?subject=unsubscribe>"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_headers_follow_from_the_envelope(name):
    changes, expected = HEADERS[name]
    headers = {key.decode(): value.decode() for key, value in raw_headers(made(**changes)).items()}
    assert {key: headers.get(key) for key in expected} == expected


def test_the_order_of_headers_is_one():
    """So that a relay, and whoever compares two letters, finds nothing new."""
    made_of = {"reply_to": "b@x.example", "draft": True}
    head = made(**made_of).split(b"\r\n\r\n")[0]
    assert re.findall(rb"(?m)^([A-Za-z-]+):", head) == [
        b"From", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"Content-Language", b"List-Id",
        b"List-Unsubscribe", b"List-Unsubscribe-Post", b"X-Unsent", b"MIME-Version", b"Content-Type",
    ]  # fmt: skip


def test_the_body_of_a_message_is_this_to_the_byte():
    """RFC 2045 and 2046: two texts, the second with its pictures, each with its rule and its ends."""
    picture = Picture(type="image/png", file="a.png", content=b"\x89PNG" * 20)
    data = message(ENVELOPE, "<p>é = 1</p>\n", "é\r\nFrom a\n.b\n", {"one@x": picture})
    seed = re.search(rb"letter-([0-9a-f]{24})", data)[1].decode()
    assert f"Message-ID: <2026-10.{seed}@www.reseau-mistral.example>\r\n".encode() in data
    coded = base64.b64encode(picture.content).decode()
    assert data.split(b"MIME-Version: 1.0\r\n")[1].decode() == (
        f'Content-Type: multipart/alternative; boundary="letter-{seed}"\r\n\r\n'
        f"--letter-{seed}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "=C3=A9\r\n=46rom =\r\na\r\n=2E=\r\nb\r\n\r\n"
        f"--letter-{seed}\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="related-{seed}"\r\n\r\n'
        f"--related-{seed}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>=C3=A9 =3D 1</p>\r\n\r\n"
        f"--related-{seed}\r\n"
        'Content-Type: image/png; name="a.png"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        "Content-ID: <one@x>\r\n"
        'Content-Disposition: inline; filename="a.png"\r\n\r\n'
        f"{coded[:76]}\r\n{coded[76:]}\r\n\r\n"
        f"--related-{seed}--\r\n\r\n"
        f"--letter-{seed}--\r\n"
    )


def test_a_message_id_covers_all_that_is_said():
    """Of two letters with one id a mailbox shows the first alone (RFC 5322 §3.6.4)."""

    def identity(html="<p>x</p>", text="x", **changes):
        data = message(replace(ENVELOPE, **changes), html, text)
        return raw_headers(data)[b"Message-ID"]

    ids = [
        identity(), identity(html="<p>y</p>"), identity(text="y"), identity(subject="Bonsoir"),
        identity(key="2026-11"), identity(domain="x.example"),
        identity(date=ENVELOPE.date + timedelta(seconds=1)), identity(html="x", text="<p>x</p>"),
    ]  # fmt: skip
    # A key shows in it, too: two that read alike there are told apart.
    assert identity(key="é") != identity(key="è")
    assert len(set(ids)) == len(ids)
    assert identity() == identity(one_click=False, list_name="y", sender=None, draft=True)
    assert identity(domain="").endswith(b"@localhost>")


@pytest.mark.parametrize(
    ("titles", "name"),
    [("", "Site"), ('title = "Lettre"', "Lettre")],
)
def test_the_list_is_called_as_the_letter_else_as_the_site(titles, name):
    text = f'[site]\ntitle="Site"\nurl="https://x.example/"\n[newsletter]\n{titles}\n'
    headers = raw_headers(message(envelope(letter(1), parse(text)), "<p>x</p>", "x"))
    assert headers[b"List-Id"].decode() == f"{name} <newsletter.x.example>"
    assert b"From" not in headers
    assert b"List-Unsubscribe" not in headers


@pytest.mark.parametrize(
    ("key", "begins"), [("日本", "<letter."), ("été 2026", "<t-2026."), ("x é x", "<x-x.")]
)
def test_a_message_id_is_ascii_whatever_the_issue_is_called(key, begins):
    value = raw_headers(made(key=key))[b"Message-ID"].decode()
    assert value.startswith(begins)
    assert value.isascii()


def test_a_letter_without_a_sender_is_checked_too():
    clean, problems = checked(
        replace(ENVELOPE, sender=None, reply_to="a\nb@x.example"), "issues/x.md"
    )
    assert clean.sender is None
    assert clean.reply_to == "ab@x.example"
    assert [problem.code for problem in problems] == ["letter-header"]


def test_two_long_ways_to_leave_stand_on_two_lines():
    """No line is longer than 998 octets, and none ends inside an address (RFC 5322 §2.1.1)."""
    page = f"https://x.example/{'u' * 930}"
    value = raw_headers(made(unsubscribe=page))[b"List-Unsubscribe"].decode()
    first, second = value.split("\r\n")
    assert first == f"<{page}>,"
    assert second.strip() == "<mailto:sortie@reseau-mistral.example?subject=unsubscribe>"


LEAVING = 'from = { name = "x", email = "a@x.example" }\nunsubscribe = '


@pytest.mark.parametrize(
    ("unsubscribe", "tag", "written", "one_click"),
    [
        ("https://x.example/u", "", "<https://x.example/u>", False),
        ("https://x.example/u", "*|UNSUB|*", "<*|UNSUB|*>", True),
        ("https://été.example/é", "", "<https://xn--t-9fab.example/%C3%A9>", False),
    ],
)
def test_who_leaves_is_led_by_the_service_or_the_site(unsubscribe, tag, written, one_click):
    settings = parse(
        f'[site]\ntitle="x"\nurl="https://x.example/"\n[newsletter]\n{LEAVING}"{unsubscribe}"\n'
    )
    headers = raw_headers(message(envelope(letter(1), settings, tag), "<p>x</p>", "x"))
    assert headers[b"List-Unsubscribe"].decode() == written
    assert (b"List-Unsubscribe-Post" in headers) is one_click


def test_an_envelope_says_what_the_settings_and_the_letter_do():
    settings = parse(
        '[site]\ntitle="x"\nurl="https://été.example/a/"\ntimezone="Asia/Tokyo"\n[newsletter]\n'
        f'{LEAVING}"https://x.example/u"\nreply_to="b@x.example"\nunsubscribe_email="c@x.example"\ndraft=true\n'
    )
    made_of = replace(letter(1, subject="Bonjour *|FNAME|*"), key="7", language="de")
    told = envelope(made_of, settings)
    assert (told.key, told.language, told.domain) == ("7", "de", "xn--t-9fab.example")
    assert (told.sender, told.reply_to) == (Person(name="x", email="a@x.example"), "b@x.example")
    assert (told.unsubscribe, told.unsubscribe_email) == ("https://x.example/u", "c@x.example")
    assert told.draft and not told.one_click
    assert told.date == made_of.date and told.date.utcoffset() == timedelta(hours=9)
    # What is no tag of ours is not to be filled in by a service.
    assert "*|FNAME|*" not in told.subject and "FNAME" in told.subject


def test_long_subject_is_folded():
    """A long subject is folded into encoded words of at most 76 columns."""
    subject = "Appel à projets" + ", les équipes de l’été déposent leur dossier" * 8
    value = raw_headers(made(subject=subject))[b"Subject"]
    lines = (b"Subject: " + value).split(b"\r\n")
    assert len(lines) > 4
    assert max(map(len, lines)) <= 78
    parsed = email.message_from_bytes(made(subject=subject), policy=email.policy.default)
    assert parsed["Subject"] == subject


def test_parts_say_the_same_as_the_files():
    """The text and the HTML in the message are those of the files beside it."""
    settings = config()
    html, text, data = (
        output.data for output in render(letter(), settings, theme(settings)).outputs
    )
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert parsed.get_content_type() == "multipart/alternative"
    first, second = parsed.iter_parts()
    assert first.get_content_type() == "text/plain"
    assert first.get_content().replace("\r\n", "\n") == text.decode()
    assert second.get_content().replace("\r\n", "\n") == html.decode()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.isascii()


@given(st.text(max_size=2000))
def test_any_text_survives_the_wire(text):
    """Quoted-printable gives back what was put in, in lines of at most 76 octets."""
    text = re.sub("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", "\n", text)
    text = "From x\n.\n" + text.encode(errors="ignore").decode() + "\n"
    data = message(ENVELOPE, text, text)
    body = data.split(b"\r\n\r\n", 1)[1]
    assert not re.search(rb"(?m)^(?:From |\.)", body)
    assert max(map(len, body.split(b"\r\n"))) <= 78
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    for part in parsed.iter_parts():
        assert part.get_content().replace("\r\n", "\n") == text


def test_pictures_travel_when_asked():
    """With ``embed_images`` the HTML shows its pictures by content id, and they are there."""
    settings = config("embed_images = true")

    def picture(address: str) -> bytes | None:
        file = ITEMS / address.removeprefix(f"{SITE}items/")
        return file.read_bytes() if file.is_file() else None

    outputs = render(letter(), settings, theme(settings), Extras(picture=picture)).outputs
    parsed = email.message_from_bytes(outputs[2].data, policy=email.policy.default)
    related = list(parsed.iter_parts())[1]
    assert related.get_content_type() == "multipart/related"
    html, *pictures = related.iter_parts()
    names = set(re.findall(r'src="cid:([^"]+)"', html.get_content()))
    # RFC 2392 §2: the header has brackets, the address has none.
    assert {f"<{name}>" for name in names} == {part["Content-ID"] for part in pictures}
    assert len(names) == 4
    assert all(part.get_content()[:3] in (b"\x89PN", b"\xff\xd8\xff") for part in pictures)
    assert b"cid:" not in outputs[0].data


def test_server_receives_the_file(unused_port):
    """What a mail server on loopback receives is the file, to the byte."""
    from aiosmtpd.controller import Controller

    received = []

    class Keep:
        async def handle_DATA(self, server, session, envelope):
            received.append(envelope.content)
            return "250 OK"

    data = eml(config())
    controller = Controller(Keep(), hostname="127.0.0.1", port=unused_port)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", unused_port, local_hostname="localhost") as client:
            client.sendmail("a@x.example", ["b@x.example"], data)
    finally:
        controller.stop()
    assert received == [data]


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_letters_of_a_random_year_have_ids_of_their_own():
    """Two letters share a Message-ID only where they are one: same day, same words, same site."""
    chance = random.Random(20261130)
    settings = config()
    look = theme(settings)
    seen: dict[bytes, tuple[object, ...]] = {}
    for _ in range(times(15, 400)):
        count, day = chance.randrange(1, 5), chance.randrange(0, 365)
        subject = chance.choice(["Une", "Deux", "Trois"])
        key = chance.choice(["latest", "2026-10", "42"])
        made = replace(
            letter(count, subject=subject),
            key=key,
            date=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day),
        )
        data = render(made, settings, look).outputs[2].data
        told = (count, day, subject, key)
        assert seen.setdefault(raw_headers(data)[b"Message-ID"], told) == told
    assert len(seen) > 10


ADDRESSES = [
    ("https://www.example.org", True),
    ("https://WWW.Example.ORG/Up?a=1#b", True),
    ("HTTPS://www.example.org/x", True),
    ("https://www.example.org.evil.example/", False),
    ("http://www.example.org/", False),
    ("mailto:a@www.example.org", False),
    ("https://[::1", False),
]


@pytest.mark.parametrize(("address", "own"), ADDRESSES)
def test_the_site_is_known_by_scheme_and_host(address, own):
    """Parameters go to the site's own pages however their address is written, and come off again."""
    assert leads_into(address, "https://www.example.org/") is own
    if own:
        tagged = with_parameters(address, {"utm_source": "lettre d’été"})
        assert "utm_source" in tagged
        assert without_parameters(tagged, {"utm_source": "lettre d’été"}).lower() == address.lower()


@pytest.mark.parametrize(
    ("ending", "kind"), [("webp", "image/webp"), ("avif", "image/avif"), ("JPG", "image/jpeg")]
)
def test_no_file_of_the_host_says_what_a_picture_is(monkeypatch, ending: str, kind: str):
    """Debian's /etc/mime.types, or one without it: the letter is the same."""
    monkeypatch.setattr(mimetypes, "_db", mimetypes.MimeTypes(filenames=()))
    mimetypes.add_type("x-host/x", f".{ending.lower()}")
    _, pictures = embedded(f'<img src="https://x.example/a.{ending}">', lambda _: b"x", "x.example")
    assert [each.type for each in pictures.values()] == [kind]


def test_a_picture_in_the_message_has_a_name():
    """Gmail calls a part without one "noname", Outlook ATT00001."""
    html = '<img src="https://x.example/media/Un%20bel%20%C3%A9t%C3%A9.jpg">'
    shown, pictures = embedded(html, lambda address: b"x", "x.example")
    assert [(each.type, each.file) for each in pictures.values()] == [
        ("image/jpeg", "Un-bel-t-.jpg")
    ]
    parsed = email.message_from_bytes(
        message(ENVELOPE, shown, "x", pictures), policy=email.policy.default
    )
    (part,) = [each for each in parsed.walk() if each.get_content_type() == "image/jpeg"]
    assert part.get_filename() == "Un-bel-t-.jpg"
