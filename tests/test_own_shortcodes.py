"""Shortcodes and components of a site's own: told in the settings, or known by their arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsfeed.config import parse
from newsfeed.diagnostics import ConfigError
from newsfeed.markup.shortcodes import translate
from whole_sites import article, built

OWN = {
    "legacy-img": "picture", "go": "link", "pull": "quotation", "ad": "nothing", "wrap": "text",
    "Card": "link", "tape": "recording", "aside-box": "note", "more": "details",
}  # fmt: skip
IMG = '<img src="https://a.example/x.png" alt="Words">'
SHORTCODES = [
    ('{{< legacy-img src="https://a.example/x.png" alt="Words" >}}', IMG),
    ('{{% legacy_img "https://a.example/x.png" "Words" %}}', IMG),
    ('{% include legacy-img.html src="https://a.example/x.png" alt="Words" %}', IMG),
    ('{{ legacy_img(src="https://a.example/x.png", alt="Words") }}', IMG),
    ('{{< legacy-img src="https://a.example/x.png" alt="Words" caption="*C*" >}}',
     f"<figure>{IMG}<figcaption><em>C</em></figcaption></figure>"),
    ('{{< go "https://b.example/" "Go *on*" >}}', '<a href="https://b.example/">Go <em>on</em></a>'),
    ('{{< go url="https://b.example/" >}}on{{< /go >}}', '<a href="https://b.example/">on</a>'),
    ('<Card href="https://b.example/" title="Go" />', '<a href="https://b.example/">Go</a>'),
    ('{{< ad >}}', ""),
    ('{{< ad >}}buy **this**{{< /ad >}}', ""),
    ("{{< wrap >}}kept{{< /wrap >}}", "kept"),
    ('{{< tape src="https://a.example/t.mp3" >}}', '<audio controls src="https://a.example/t.mp3"></audio>'),
    ('{{< pull "Said so" author="Ann" >}}', "<blockquote>\n\nSaid so\n\n<footer>Ann</footer></blockquote>"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "shown"), SHORTCODES)
def test_what_the_settings_tell(written: str, shown: str) -> None:
    text, said = translate(f"Before.\n\n{written}\n\nAfter.", "markdown", "en", OWN)
    plain = text.replace("<p>", "").replace("</p>", "")
    assert shown in plain
    assert "legacy" not in plain
    assert "buy" not in plain
    assert said == ()
    assert plain.startswith("Before.")
    assert plain.rstrip().endswith("After.")


# Unknown names, known by what they say.
UNTOLD = [
    ('{{< thing src="https://a.example/x.png" alt="Words" >}}', IMG),
    ('{{< thing image="https://a.example/x.png" alt="Words" >}}', IMG),
    ('{% thing src="https://a.example/x.png" alt="Words" %}', IMG),
    ('{% include thing.html src="https://a.example/x.png" alt="Words" %}', IMG),
    ('{{ thing(src="https://a.example/x.png", alt="Words") }}', IMG),
    ('<Thing src="https://a.example/x.png" alt="Words" />', IMG),
    (
        '{{< thing src="https://a.example/image" alt="Words" >}}',
        '<img src="https://a.example/image" alt="Words">',
    ),
    (
        '{{< thing src="https://a.example/t.mp3" >}}',
        '<audio controls src="https://a.example/t.mp3">',
    ),
]


@pytest.mark.parametrize(("written", "shown"), UNTOLD)
def test_a_picture_is_known_by_its_arguments(written: str, shown: str) -> None:
    text, said = translate(written, "markdown", "en")
    assert shown in text
    assert said == ()


@pytest.mark.parametrize(
    "written",
    [
        '{{< thing a="b" >}}',
        '{{< thing src="{{ .x }}" >}}',
        '<Thing a="b" />',
        '{{< thing src="data.csv" alt="x" >}}',
    ],
)
def test_the_rest_is_left_out_and_said(written: str) -> None:
    text, said = translate(f"A {written} b", "markdown", "en")
    assert "<img" not in text
    assert [each.code for each in said] == ["foreign-removed"]


def test_an_article_of_a_site_that_tells(tmp_path: Path) -> None:
    """A name of an article is found, and a cache knows the settings."""
    body = '{{< go "other" "There" >}}\n\n{{< ad >}}\n\n{{< pull author="Ann" >}}Said.{{< /pull >}}'
    files: dict[str, str | bytes] = {
        "items/a.md": article(body),
        "items/other.md": article("T", title="Other", date="2026-01-01"),
    }
    made = built(
        tmp_path, files, '[items.shortcodes]\ngo = "link"\nad = "nothing"\npull = "quotation"\n'
    )
    html = made.items()["a"]["content_html"]
    assert '<a href="https://www.example.org/items/2026/01/other.html">There</a>' in html
    assert "<figcaption>— Ann</figcaption>" in html
    assert made.codes() == []


def test_a_kind_that_there_is_not() -> None:
    with pytest.raises(ConfigError) as error:
        parse('[site]\ntitle = "T"\nurl = "https://a.example/"\n[items.shortcodes]\nx = "pictur"\n')
    (problem,) = error.value.problems
    assert problem.code == "config-value"
    assert '"picture"' in dict(problem.values)["expected"]
