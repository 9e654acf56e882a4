"""A letter's fault costs that letter, or a part of it: never the feeds and the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from command import SETTINGS, article, newsfeed, site
from draws import times
from letters_samples import config, entry, letter, theme
from newsfeed.model import Image, Section
from newsfeed.newsletter import render, web_page
from photographs import photograph

NOW = ("--now", "2026-11-23T12:00:00Z")
SENDER = (
    SETTINGS
    + """[newsletter]
from = { name = "Le quai", email = "quai@example.org" }
address = "3 quai de l’Exemple, Nantes"
unsubscribe = "https://www.example.org/partir"
"""
)
BODIES = {
    "nothing": "",
    "a comment": "<!-- to be written -->",
    "a picture alone": "![Un phare](phare.png)",
    "a picture without words": "![](phare.png)",
    "a film": '<iframe src="https://video.example/1"></iframe>',
    "a sound without words": '<audio src="son.mp3"></audio>',
    "a table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "code": "```\nx = 1\n```",
    "a rule": "---",
    "a heading": "## Seul",
    "an empty list": "- \n- ",
}


@pytest.mark.parametrize("layout", ["magazine", "bulletin"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_body_makes_a_letter(tmp_path: Path, body: str, layout: str) -> None:
    """An article without words stands in a letter with its title, and with its picture."""
    folder = site(
        tmp_path,
        {
            "une.md": article("En tête", "2026-11-22"),
            "vide.md": article("Sans un mot", "2026-11-20", body),
            "vue.md": article("Rien qu’une image", "2026-11-19", body, image="quai.png"),
            "phare.png": photograph(300, 200, "PNG"),
            "quai.png": photograph(300, 200, "PNG"),
            "son.mp3": b"ID3",
        },
        SENDER + f'layout = "{layout}"\n',
    )
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 0, result.stderr
    html = (folder / "public/newsletter/latest/letter.html").read_text("utf-8")
    assert "Sans un mot" in html and "Rien qu’une image" in html
    shown = "phare.png" in body  # what opens an article serves as its picture
    assert ("media/phare.png" in html) == (shown and layout == "magazine")
    assert ("media/quai.png" in html) == (layout == "magazine")


FAILING = {
    "a name that does not exist": "{{ nobody }}",
    "a syntax error": "{% block %}",
    "an endless inclusion": '{% include "letter-magazine.html" %}',
    "a division by zero": "{{ 1 // 0 }}",
}


@pytest.mark.parametrize("template", FAILING.values(), ids=FAILING)
def test_a_failing_template_costs_the_letters_alone(tmp_path: Path, template: str) -> None:
    """Feeds and pages are published, the fault is said once for all letters, the exit code is 1."""
    folder = site(tmp_path, {"a.md": article(date="2026-11-20")}, SENDER)
    (folder / "issues").mkdir()
    for key in ("2026-10", "2026-11"):
        text = f"---\ndate: {key}-21\n---\n\nBonjour.\n\n- items/a.md (rappel)\n"
        (folder / f"issues/{key}.md").write_text(text, "utf-8")
    (folder / "templates").mkdir()
    (folder / "templates/letter-magazine.html").write_text(template, "utf-8")
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 1
    assert result.stderr.count("[template]") == 1
    assert "newsfeed.toml" not in result.stderr
    for path in ("atom.xml", "index.html", "items/2026/11/a.html"):
        assert (folder / "public" / path).is_file(), path
    assert not (folder / "public/newsletter/2026-11/letter.html").exists()


def test_what_one_article_brings_out_costs_that_article(tmp_path: Path) -> None:
    """The article and the template's line are named, and the letter holds all the others."""
    folder = site(
        tmp_path,
        {
            "a.md": article("Avec image", "2026-11-20", image="phare.png"),
            "b.md": article("Sans image", "2026-11-19"),
            "phare.png": photograph(300, 200, "PNG"),
        },
        SENDER,
    )
    (folder / "templates").mkdir()
    (folder / "templates/letter-magazine.html").write_text(
        '{% extends "default/letter-magazine.html" %}\n{% block content %}\n'
        "{% for part in view.parts %}{% for block in part.blocks %}{% for card in block.cards %}\n"
        "<p>{{ card.title }} {{ card.picture.src }}</p>\n"
        "{% endfor %}{% endfor %}{% endfor %}\n{% endblock %}\n",
        "utf-8",
    )
    result = newsfeed("build", *NOW, cwd=folder)
    assert result.returncode == 1
    assert "items/b.md:1:1: " in result.stderr
    assert "[letter-article]" in result.stderr
    assert "templates/letter-magazine.html:4" in result.stderr
    text = (folder / "public/newsletter/latest/letter.txt").read_text("utf-8")
    assert "Avec image" in text
    assert "Sans image" not in text


PICTURES = st.none() | st.builds(
    Image,
    src=st.just("https://www.reseau-mistral.example/media/p.png"),
    alt=st.sampled_from(["", "Un phare"]),
    width=st.none() | st.integers(1, 9000),
    height=st.none() | st.integers(1, 9000),
)
ENTRIES = st.builds(
    lambda number, content, summary, image: replace(
        entry(number, content=content, summary=summary), image=image
    ),
    st.integers(0, 7),
    st.sampled_from(
        ["", "<p>Un mot.</p>", "<hr>", '<img src="https://x.example/a.png">', "<p></p>"]
    ),
    st.none() | st.just("") | st.just("Un résumé."),
    PICTURES,
)
SECTIONS = st.builds(
    Section,
    title=st.sampled_from(["", "Rubrique"]),
    entries=st.lists(ENTRIES, min_size=1, max_size=5).map(tuple),
    style=st.sampled_from(["lead", "full", "excerpt", "headline", "agenda"]),
)
LOOKS = {
    name: (settings := config(f'layout = "{name}"'), theme(settings))
    for name in ("magazine", "bulletin")
}


@given(st.lists(SECTIONS, min_size=1, max_size=3), st.sampled_from(sorted(LOOKS)))
@examples(max_examples=times(15, 200))
def test_no_article_makes_a_letter_fail(sections: list[Section], layout: str) -> None:
    """Whatever an article lacks, each of its letters is made."""
    made = replace(letter(1), sections=tuple(sections))
    settings, look = LOOKS[layout]
    html = render(made, settings, look).outputs[0].data.decode()
    assert "</html>" in html
    assert web_page(made, settings, look).data
