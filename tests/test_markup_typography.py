"""Typography: French spaces and quotation marks, English curly ones, nothing where it could harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodies import resolve
from draws import times
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.markup.typography import typeset

WIDE, THIN = "\u00a0", "\u202f"


def marked(text: str) -> str:
    """Show non-breaking spaces: ~ for a word's, ^ for a thin one."""
    return text.replace(WIDE, "~").replace(THIN, "^")


FRENCH = [
    ("Bonjour !", "Bonjour^!"),
    ("Bonjour!", "Bonjour^!"),
    ("Quoi ?!", "Quoi^?!"),
    ("Quoi?! Non", "Quoi^?! Non"),
    ("un ; deux; trois", "un^; deux^; trois"),
    ("un : deux: trois", "un~: deux~: trois"),
    ("En 2023: rien", "En 2023~: rien"),
    ("« oui »", "«~oui~»"),
    ("«oui»", "«~oui~»"),
    ("«\u202foui\u202f» \u00a0!", "«~oui~»^!"),
    ('"oui"', "«~oui~»"),
    ('dit "oui", "non"', "dit «~oui~», «~non~»"),
    ('un écran 15" et "oui"', 'un écran 15" et «~oui~»'),
    ('impair "oui', 'impair "oui'),
    ("l'été, d'1 an, aujourd'hui", "l’été, d’1 an, aujourd’hui"),
    ('l\'"été"', "l’«~été~»"),
    ("les '80", "les '80"),
    ("etc...", "etc…"),
    ("../.../x", "../.../x"),
    ("à 10:30, 3:1, a:b", "à 10:30, 3:1, a:b"),
    ("https://a.b/?c;d:e! fin!", "https://a.b/?c;d:e! fin^!"),
    ("voir http://a.b", "voir http://a.b"),
    ("salut :) et ;)", "salut~:) et^;)"),
    ("50 % de 10 €", "50~% de 10~€"),
    ("10 000", "10 000"),
    ("Yahoo!x C++", "Yahoo!x C++"),
    ("le 1er et la 2e", "le 1er et la 2e"),
    ("fin\n! suite", "fin^! suite"),
    ("fin  ;", "fin^;"),
    ("(oui!)", "(oui^!)"),
    ("", ""),
    (" ! x", " ! x"),
]


@pytest.mark.parametrize(("written", "shown"), FRENCH)
def test_french(written, shown):
    """Imprimerie nationale: thin before ; ! ?, a word's space before : and inside guillemets."""
    assert marked(typeset(written, "fr")) == shown
    assert marked(typeset(written, "fr-CA")) == shown


ENGLISH = [
    ('"Hello," she said', "“Hello,” she said"),
    ("don't, the dogs' bowl, it's", "don’t, the dogs’ bowl, it’s"),
    ("'quoted' and 'it's quoted'", "‘quoted’ and ‘it’s quoted’"),
    ("the '90s, 'tis, rock 'n' roll", "the ’90s, ’tis, rock ’n’ roll"),
    ("5'10\" tall", '5’10" tall'),
    ("wait... now!", "wait… now!"),
    ('"a" = "b"', "“a” = “b”"),
    ('x="1"', 'x="1"'),
]


@pytest.mark.parametrize(("written", "shown"), ENGLISH)
def test_english(written, shown):
    """Curly quotation marks and apostrophes, an ellipsis, and no spaces."""
    assert typeset(written, "en-GB") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("it", 'l’uomo… "si" !'),
        ("de", 'l’uomo… "si" !'),
        ("ja", 'l\'uomo... "si" !'),
        ("ar", 'l\'uomo... "si" !'),
    ],
)
def test_other_languages(language, shown):
    """Apostrophes and ellipses where the alphabet has them, otherwise nothing."""
    assert typeset('l\'uomo... "si" !', language) == shown


def html(text: str, language: str = "fr", written: str = "markdown") -> str:
    found = render(Source(text=text, format=written, language=language, path="a", prefix="a"))
    return marked(found.html(resolve)).strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**mot** : fin", "<p><strong>mot</strong>~: fin</p>"),
        ("*mot*: fin", "<p><em>mot</em>~: fin</p>"),
        ('"*mot*"', "<p>«~<em>mot</em>~»</p>"),
        ("l'*été*", "<p>l’<em>été</em></p>"),
        ("`a : b` !", "<p><code>a : b</code>^!</p>"),
        ("R&D ; <kbd>a ;</kbd>", "<p>R&amp;D^; <kbd>a ;</kbd></p>"),
        ("a &amp; b &lt; c", "<p>a &amp; b &lt; c</p>"),
        ("un\n\n! deux", "<p>un</p>\n<p>! deux</p>"),
        ("<https://a.b/c?d> !", '<p><a href="https://a.b/c?d">https://a.b/c?d</a>^!</p>'),
        ('<i lang="en">It\'s "so" !</i> Oui !', '<p><i lang="en">It\'s "so" !</i> Oui^!</p>'),
        ("    l'été : !", "<pre><code>l'été : !</code></pre>"),
    ],
)
def test_across_markup(text, shown):
    """Rules see through inline elements, and stop at blocks, code, addresses, other languages."""
    found = html(text)
    assert found == shown


def test_descriptions_and_titles_have_it_too():
    """Alternative texts and link titles are printed text; other attributes are not."""
    found = html("![L'été : ici](a'b:c.png) [x](y \"Quoi ?\")")
    assert 'alt="L’été~: ici"' in found
    assert 'title="Quoi^?"' in found
    assert "a%27b%3Ac.png" in found


_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
words = st.lists(
    st.sampled_from(["mot", "été", "l'", "d'", " ", "  ", "\n", "!", "?", ";", ":", "«", "»", '"', "'", "...",
                     "…", "(", ")", "10", ":30", "%", "€", "http://a.b/c?d", "www.a.fr", "&", "-", "—", WIDE, THIN,
                     ",", ".", "/", "@", "’", "“"]),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=times(400, 1500))
@given(st.one_of(words, st.text(max_size=40)), st.sampled_from(["fr", "en", "it"]))
def test_typeset_text_stays(text, language):
    """What is typeset once stays the same when it is typeset again."""
    once = typeset(text, language)
    assert typeset(once, language) == once


@settings(max_examples=times(400, 1500))
@given(st.one_of(words, st.text(max_size=40)), st.sampled_from(["fr", "en", "it"]))
def test_letters_never_change(text, language):
    """Only spaces, quotation marks, apostrophes and dots change."""

    def bare(value: str) -> str:
        return _SPACES.sub("", value).replace("…", "...").translate(_SAME)

    assert bare(typeset(text, language)) == bare(text)


@settings(max_examples=300)
@given(words)
def test_code_and_addresses_never_change(text):
    """Code keeps every character, in a line and in a block."""
    code = text.replace("&", "").replace("\n", " ").strip("\n ") or "x"
    text = f"<p>a <code>{code}</code> <kbd>{code}</kbd></p><pre>x{code}</pre>"
    source = Source(text=text, format="html", language="fr", path="a", prefix="a")
    found = render(source).html(resolve)
    assert found.count(f">{code}<") == 2
    assert f"x{code}</pre>" in found
