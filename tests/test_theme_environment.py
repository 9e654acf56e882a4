"""`newsfeed.theme.environment`: templates that people can change, and words that tell them what went wrong."""

from __future__ import annotations

import io
import marshal
import pickle
import sys
from datetime import UTC, datetime
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import bc_magic
from markupsafe import Markup, escape

from newsfeed.config import parse
from newsfeed.diagnostics import diagnostic
from newsfeed.text.languages import direction
from newsfeed.theme.dates import ordinal
from newsfeed.theme.environment import DEFAULTS, OnDemand, Theme
from newsfeed.theme.words import TemplateProblem, language_name, size

CONFIG = parse(
    '[site]\ntitle = "Mon site"\nurl = "https://www.example.org/"\ntimezone = "Europe/Paris"\n'
)
INSTANT = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)


def theme(folder: Path, **files: str) -> Theme:
    """Return a theme whose own templates are ``files``: ``page__item`` is ``page/item.html``."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Theme(CONFIG, folder)


def problem(folder: Path, template: str, files: dict[str, str]) -> tuple[str, int, str, str]:
    """Return (path, line, about, reason) of what rendering ``template`` runs into."""
    with pytest.raises(TemplateProblem) as caught:
        theme(folder, **files).render(template, language="fr", about="items/a.md", title="T")
    found = caught.value.problem
    values = dict(found.values)
    assert found.code == "template"
    assert values["about"] in found.words("fr")[0]
    return found.path, found.line, values["about"], values["reason"]


def test_one_block_is_overridden(tmp_path: Path) -> None:
    """A site changes one block of a default template, and keeps the rest of it."""
    own = theme(
        tmp_path,
        page__redirect='{% extends "default/page/base.html" %}{% block main %}À moi{% endblock %}',
    )
    given = dict.fromkeys(("head", "header", "footer", "meta"), Markup(""))
    text = own.render(
        "page/redirect.html",
        language="fr",
        title="T",
        site=CONFIG.site,
        root="./",
        url="u",
        **given,
    )
    assert "<main" in text and "À moi" in text and "<title>T · Mon site</title>" in text


def test_a_value_is_made_when_it_is_asked_for_and_once(tmp_path: Path) -> None:
    """Wherever a template asks: in a block, a partial, an import, a macro; it never sees the difference."""
    asked: list[str] = []

    def on_demand(name: str) -> OnDemand:
        return OnDemand(lambda: asked.append(name) or Markup(f"<{name}>"))

    own = theme(
        tmp_path,
        base="{% block a %}{{ one }}{% endblock %}{% if two is defined %}{{ two | length }}{% endif %}",
        part="{{ one }}",
        macros="{% macro say() %}{{ two }}{% endmacro %}",
        page__own="{% extends 'base.html' %}{% block a %}{{ super() }}{% include 'part.html' %}"
        "{% import 'macros.html' as m with context %}{{ m.say() }}{% set three = one ~ '&' %}"
        "{{ three }}{% if nothing is defined %}!{% endif %}{% endblock %}",
    )
    given = {name: on_demand(name) for name in ("one", "two", "unasked")}
    text = own.render("page/own.html", language="fr", **given)
    assert text == "<one><one><two><one>&amp;5"
    assert sorted(asked) == ["one", "two"]


def test_a_bug_in_a_value_is_not_the_templates(tmp_path: Path) -> None:
    """Ours stays a traceback; what is wrong with a template or its words is said."""
    own = theme(tmp_path, page__own="{{ one }}")

    def spoilt() -> str:
        raise TemplateProblem(diagnostic("template", "x.toml", 1, about="-", reason="r"))

    with pytest.raises(RuntimeError) as caught:
        own.render("page/own.html", language="fr", one=OnDemand(lambda: 1 // 0))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    with pytest.raises(TemplateProblem, match="r"):
        own.render("page/own.html", language="fr", one=OnDemand(spoilt))


def test_what_is_printed_is_escaped(tmp_path: Path) -> None:
    """Every kind of value, as `markupsafe.escape` has it."""
    own = theme(tmp_path, page__own="{{ it }}")
    for it in ("<a> & \"b\" 'c'", "mot", Markup("<p>"), 5, None, Path("a<b")):
        assert own.render("page/own.html", language="fr", it=it) == str(escape(it))


def test_a_file_of_the_same_name_wins(tmp_path: Path) -> None:
    """A partial that the site has replaces the default one, for the defaults too."""
    own = theme(tmp_path, page__footer="<footer>le mien</footer>")
    assert own.render("page/footer.html", language="fr") == "<footer>le mien</footer>"


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("un\n{{ titel }}", 2, "'titel' is undefined"),
        ("{{ words.page_nope }}", 1, "it has no attribute 'page_nope'"),
        ("{{ title.nope }}", 1, "nope"),
        ("un\n\n{% if %}", 3, "Expected"),
        ("{% block a %}\n{{ title }", 2, "unexpected"),
        ("{% for %}", 1, "Expected"),
        ("a\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("a\nb\n{{ title + 1 }}", 3, "TypeError"),
        ("{{ title | truncate(1, 2, 3, 4, 5, 6, 7) }}", 1, "TypeError"),
        ("a\n{{ title | nope }}", 2, "No filter named 'nope'"),
        ("a\n{% include 'nulle/part.html' %}", 2, "there is no template “nulle/part.html”"),
        ("{% extends 'nulle/part.html' %}", 1, "there is no template “nulle/part.html”"),
        ("{{ day('demain') }}", 1, "AttributeError"),
        ("{{ size('lourd') }}", 1, "TypeError"),
        ("a\n{% include 'page/own.html' %}", 2, "without end"),
        ("{% extends 'page/own.html' %}", 1, "without end"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "without end"),
        ("a\n{{ [][3] }}", 2, "no element 3"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, template: str, line: int, says: str) -> None:
    """Whatever is wrong in a template: its name, its line, the article, the reason."""
    path, where, about, reason = problem(tmp_path, "page/own.html", {"page__own": template})
    assert (path, where, about) == ("templates/page/own.html", line, "items/a.md")
    assert says in reason


def test_a_mistake_in_a_partial_is_named_there(tmp_path: Path) -> None:
    """The template that is wrong is named, not the one that includes it."""
    files = {"page__own": "\n{% include 'part.html' %}", "part": "\n\n{{ titel }}"}
    assert problem(tmp_path, "page/own.html", files)[:2] == ("templates/part.html", 3)


def test_a_mistake_in_an_override_is_named_there(tmp_path: Path) -> None:
    """In a block that overrides a default, the line is the site's own."""
    text = '{% extends "default/page/redirect.html" %}\n'
    files = {"page__own": text}
    path, _, _, reason = problem(tmp_path, "page/own.html", files)
    assert path == "default/page/redirect.html" and "undefined" in reason


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    """A template that nobody has is said by name."""
    path, line, _, reason = problem(tmp_path, "page/nope.html", {})
    assert (path, line) == ("templates/page/nope.html", 1)
    assert "there is no template" in reason


def test_a_template_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """A file in an old encoding is a problem of the template, not a traceback."""
    (tmp_path / "own.html").write_bytes(b"\xe9t\xe9")
    path, _, _, reason = problem(tmp_path, "own.html", {})
    assert path == "templates/own.html" and "utf-8" in reason


def test_a_bug_of_ours_is_not_a_template_s(tmp_path: Path) -> None:
    """What fails before any template takes part shows its traceback."""
    with pytest.raises(AttributeError):
        theme(tmp_path).render("page/head.html", language=3)  # type: ignore[arg-type]  # our bug


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("page_news = \n", 1, "Invalid value"),
        ('read_more = "a"\npage_news = 3\n', 1, "“page_news” must be a text"),
        ('a = "b"\na = "c"\n', 2, "overwrite"),
    ],
)
def test_a_wrong_table_of_words_is_named(tmp_path: Path, text: str, line: int, says: str) -> None:
    """A site's own words that cannot be read are a problem with a place."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "fr.toml").write_text(text, "utf-8")
    with pytest.raises(TemplateProblem) as caught:
        Theme(CONFIG, tmp_path).render("page/head.html", language="fr")
    found = caught.value.problem
    assert (found.path, found.line) == ("templates/words/fr.toml", line)
    assert says in dict(found.values)["reason"]


def test_words_are_overridden_one_by_one(tmp_path: Path) -> None:
    """A site changes a word; the others stay, and a language without a table speaks English."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "fr.toml").write_text('page_news = "Nouvelles"\n', "utf-8")
    (tmp_path / "words" / "oc.toml").write_text('page_news = "Novèlas"\n', "utf-8")
    own = Theme(CONFIG, tmp_path)
    assert own.words("fr-CA")["page_news"] == "Nouvelles"
    assert own.words("fr")["page_tags"] == "Mots-clés"
    assert own.words("oc")["page_news"] == "Novèlas"
    assert own.words("oc")["page_tags"] == Theme(CONFIG).words("xx")["page_tags"] == "Tags"


def test_every_language_has_every_word() -> None:
    """A table that ships says all that English says, with the same blanks to fill."""
    import re

    tables = {
        f.stem: dict(Theme(CONFIG).words(f.stem)) for f in (DEFAULTS / "words").glob("*.toml")
    }
    import tomllib

    for language in tables:
        written = tomllib.loads((DEFAULTS / "words" / f"{language}.toml").read_text("utf-8"))
        assert written.keys() == tables["en"].keys(), language
        for key, text in written.items():
            blanks = re.findall(r"\{(\w+)\}", text)
            assert sorted(blanks) == sorted(re.findall(r"\{(\w+)\}", tables["en"][key])), key


def test_french_words_have_their_spaces() -> None:
    """A French word of the pages never breaks before : ; ! ? or »."""
    import re

    for key, text in Theme(CONFIG).words("fr").items():
        if not key.startswith("page_"):
            continue
        assert not re.search(r" [:;!?»]|« ", text), key
        assert "'" not in text, key


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    """`{{ title }}` is escaped in HTML; a text, a style or a script is written as it is."""
    for name in ("a.html", "a.xml", "a.txt", "a.css", "a.js"):
        (tmp_path / name).write_text("{{ title }}", "utf-8")
    own = Theme(CONFIG, tmp_path)
    shown = {
        name: own.render(name, language="fr", title="<b>&'")
        for name in ("a.html", "a.xml", "a.txt", "a.css", "a.js")
    }
    assert shown["a.html"] == shown["a.xml"] == "&lt;b&gt;&amp;&#39;"
    assert shown["a.txt"] == shown["a.css"] == shown["a.js"] == "<b>&'"


@pytest.mark.parametrize(
    ("language", "long", "short", "month", "hour"),
    [
        ("fr", "1er octobre 2026", "1 oct. 2026", "octobre 2026", "0\u00a0h\u00a030"),
        ("en", "October 1, 2026", "Oct 1, 2026", "October 2026", "12:30\u202fAM"),
        ("en-GB", "1 October 2026", "1 Oct 2026", "October 2026", "00:30"),
        ("de", "1. Oktober 2026", "01.10.2026", "Oktober 2026", "00:30"),
        ("xx", "October 1, 2026", "Oct 1, 2026", "October 2026", "12:30\u202fAM"),
    ],
)
def test_instants_in_words(language: str, long: str, short: str, month: str, hour: str) -> None:
    """An instant is written in the site's zone, as the language writes it."""
    own = Theme(CONFIG)
    assert own.day(INSTANT, language) == long
    assert own.day(INSTANT, language, style="short") == short
    assert own.day(INSTANT, language, style="month") == month
    assert own.hour(INSTANT, language).replace(" ", "\u202f") == hour.replace(" ", "\u202f")


@pytest.mark.parametrize(
    ("length", "language", "text"),
    [
        (0, "fr", "0 o"),
        (1, "fr", "1 o"),
        (999, "fr", "999 o"),
        (1_234, "fr", "1 ko"),
        (999_499, "fr", "999 ko"),
        (999_500, "fr", "1 Mo"),
        (1_234_567, "fr", "1,2 Mo"),
        (1_234_567, "en", "1.2 MB"),
        (12_345_678, "fr", "12 Mo"),
        (2_500_000_000, "fr", "2,5 Go"),
    ],
)
def test_sizes_in_words(length: int, language: str, text: str) -> None:
    """A size has the unit and the comma of its language, and does not break."""
    assert size(length, language) == text.replace(" ", "\u00a0")


def test_ordinal_raises_and_escapes() -> None:
    """« 1er » has its ending raised; everything else is text."""
    assert ordinal("1er mai") == "1<sup>er</sup> mai"
    assert ordinal("21er <b>") == "21er &lt;b&gt;"


def test_languages() -> None:
    """A language calls itself by its own name and has a direction."""
    assert [language_name(tag) for tag in ("fr", "en", "ar", "xx")] == ["français", "English", "العربية", "xx"]  # fmt: skip
    assert (direction("ar-MA"), direction("fr")) == ("rtl", "ltr")


REDIRECT = {
    "title": "T", "site": CONFIG.site, "url": "https://www.example.org/a", "address": "a", "root": "",
}  # fmt: skip


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Return the folder in which the code of the default templates is kept."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def test_the_code_of_a_default_template_is_kept(kept, tmp_path):
    """The next theme takes it; what is damaged, or was compiled from another text, is no obstacle."""
    written = Theme(CONFIG).render("page/redirect.html", language="fr", **REDIRECT)
    (file,) = kept.rglob("*.pyc")
    found = file.read_bytes()
    stream = io.BytesIO(found)
    stream.seek(len(bc_magic))
    pickle.load(stream)  # the hash of the template's text
    other = jinja2.Environment().compile("another text", "page/redirect.html")
    file.write_bytes(found[: stream.tell()] + marshal.dumps(other))
    assert Theme(CONFIG).render("page/redirect.html", language="fr", **REDIRECT) == "another text"
    for damaged in (b"", found[: len(bc_magic) + 5], b"\0" * 64, b"x" + found[1:]):
        file.write_bytes(damaged)
        assert Theme(CONFIG).render("page/redirect.html", language="fr", **REDIRECT) == written


def test_the_code_of_a_site_s_own_template_is_not_kept(kept, tmp_path):
    """A repository's folders may come from anywhere, its cache in CI from anybody."""
    assert theme(tmp_path / "own", page__redirect="{{ url }}").render(
        "page/redirect.html", language="fr", **REDIRECT
    )
    assert list(kept.rglob("*.pyc")) == []


def test_code_that_cannot_be_kept(kept):
    """A folder that nobody may write in costs nothing but time."""
    kept.write_text("a file where the folder would be")
    assert Theme(CONFIG).render("page/redirect.html", language="fr", **REDIRECT)
