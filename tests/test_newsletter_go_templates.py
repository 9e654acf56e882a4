"""A letter for listmonk goes through Go's ``html/template``: what that does is played here.

https://pkg.go.dev/html/template: comments are dropped, actions between ``{{`` and ``}}`` are run, a
Go string's escapes are read, and in a text ``<`` before a letter opens a tag.
"""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from letters_samples import config, entry, letter, theme
from newsfeed.model import Section
from newsfeed.newsletter import render
from newsfeed.newsletter.go_templates import html, text

ACTION = re.compile(r'{{ (?:Safe ("(?:[^"\\\n]|\\.)*")|(\w+)) }}')


def executed(template: str) -> str:
    """Return what Go makes of a template: an action that cannot be read is an error there."""
    kept: list[str] = []

    def run(found: re.Match[str]) -> str:
        kept.append(
            json.loads(found[1], strict=False) if found[1] else f"https://lists.example/{found[2]}"
        )
        return f"\0{len(kept) - 1}\0"

    made = ACTION.sub(run, template)
    assert "{{" not in made
    made = re.sub(r"<!--.*?-->", "", made, flags=re.DOTALL)
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], made)


def files(made=None):
    settings = config('esp = ["listmonk", "none"]')
    outputs = render(made or letter(), settings, theme(settings)).outputs
    return {each.path.rpartition("/")[2]: each.data.decode() for each in outputs}


def test_every_condition_for_outlook_comes_through():
    """What Outlook gets is what the letter has without listmonk."""
    found = files()
    conditions = re.compile(r"<!--\[if.*?<!\[endif\]-->", re.DOTALL)
    wanted = conditions.findall(found["letter.none.html"])
    assert len(wanted) > 5
    assert conditions.findall(executed(found["letter.listmonk.html"])) == wanted
    assert "https://lists.example/UnsubscribeURL" in executed(found["letter.listmonk.html"])


def test_a_text_opens_no_tag():
    """Addresses stand at the end, by their numbers, and nothing looks like markup to Go."""
    body = (
        '<p>See <a href="https://fr.example/d\'If">the castle</a>, a &lt; b, &lt;script&gt;, '
        '&lt;!-- no --&gt; and <a href="https://fr.example/d\'If">again</a>.</p>'
    )
    section = Section(title="", entries=(entry(content=body),), style="full")
    sent = files(replace(letter(1), sections=(section,)))["letter.listmonk.txt"]
    assert "<" not in sent
    assert "the castle [1]" in sent
    assert "again [1]" in sent
    assert "\n[1] https://fr.example/d'If\n" in sent
    assert "{{ UnsubscribeURL }}" in sent


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="{}"), max_size=200))
def test_any_comment_is_read_back(words):
    """Quotes, backslashes and line ends of a condition are what they were."""
    plain = words.replace("-->", "").replace("\0", "")
    comment = f"<!--[if mso]>{plain}<![endif]-->"
    assert executed(html(f"<p>x</p>{comment}")) == f"<p>x</p>{comment}"
    assert "<" not in text(words)
