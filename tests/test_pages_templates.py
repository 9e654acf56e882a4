"""docs/templates.md and the templates: what is documented is there, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta, nodes

import pages_samples as samples
from command import SETTINGS, article, newsfeed, site
from newsfeed import pages
from newsfeed.model import Enclosure, Entry, Event
from newsfeed.theme.environment import DEFAULTS, Theme
from newsfeed.theme.words import TemplateProblem

DOCUMENT = (Path(__file__).parents[1] / "docs" / "templates.md").read_text("utf-8")
EVERYWHERE = {"config", "words", "lang", "dir", "direction"}
EVERYWHERE |= {"day", "short_day", "month", "hour", "size"}
ENVIRONMENT = jinja2.Environment(loader=jinja2.FileSystemLoader(DEFAULTS))
ENVIRONMENT.filters |= {"ordinal": str, "safe_html": str, "timestamp": str}


def sections() -> dict[str, str]:
    """Return what the document says of each template."""
    parts = re.split(r"^##+ (.*)$", DOCUMENT, flags=re.MULTILINE)
    return {
        name.strip("`"): body
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
        if name.startswith("`")
    }


def documented(template: str) -> tuple[set[str], set[str]]:
    """Return (blocks, variables) that the document promises for ``template``."""
    body = sections()[template]
    blocks: set[str] = set()
    variables: set[str] = set()
    if found := re.search(r"^Blocks: (.*?)\.\s*$", body, re.MULTILINE | re.DOTALL):
        names = set(re.findall(r"`([^`]*)`", found[1]))
        if "page/base.html" in names:
            more, given = documented("page/base.html")
            names |= more
            variables |= given
        blocks = names - {"page/base.html"}
    if "the same as `page/head.html`" in body:
        variables |= documented("page/head.html")[1]
    if template == "page/head.html":
        variables |= {"site", "root", "to"}
    for row in re.findall(r"^\| (`.*?) \|", body, re.MULTILINE):
        variables |= set(re.findall(r"`(\w+)`", row))
    return blocks, variables


def blocks_of(template: str) -> set[str]:
    assert ENVIRONMENT.loader is not None
    source = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)[0]
    tree = ENVIRONMENT.parse(source)
    found = {block.name for block in tree.find_all(nodes.Block)}
    for parent in tree.find_all(nodes.Extends):
        assert isinstance(parent.template, nodes.Const)
        found |= blocks_of(parent.template.value)
    return found


def test_every_template_is_documented() -> None:
    """Each template of pages has a section, and no section speaks of what is not there."""
    there = {f"page/{file.name}" for file in (DEFAULTS / "page").iterdir()}
    assert {name for name in sections() if name.startswith("page/")} == there


@pytest.mark.parametrize("template", sorted(n for n in sections() if n.startswith("page/")))
def test_blocks_are_those_documented(template: str) -> None:
    """A block that is documented can be overridden; one that exists is documented."""
    assert documented(template)[0] == blocks_of(template)


@pytest.mark.parametrize("template", sorted(n for n in sections() if n.startswith("page/")))
def test_variables_are_those_documented(template: str, tmp_path: Path) -> None:
    """A template uses documented variables alone, and each documented one can be printed."""
    variables = documented(template)[1]
    assert ENVIRONMENT.loader is not None
    source = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)[0]
    used = meta.find_undeclared_variables(ENVIRONMENT.parse(source))
    assert used - EVERYWHERE <= variables
    own = tmp_path / template
    own.parent.mkdir()
    prints = "".join(f"{{% if {name} is undefined %}}{{{{ {name} }}}}{{% endif %}}" for name in sorted(variables | EVERYWHERE))  # fmt: skip
    own.write_text(f'{prints}[seen]{{% include "default/{template}" %}}', "utf-8")
    if template == "page/base.html":
        # Pages extend it, so that what it sees is what they see.
        own.write_text(f"{prints}[seen]", "utf-8")
    made = samples.site(templates=tmp_path)
    assert any(b"[seen]" in (output.data or b"") for output in made)


# A template, and what its page is about: what somebody looks for who has to mend it.
ABOUT = {
    "item": "items/parcours.md", "card": "items/parcours.md", "list": "index.html", "overview": "categories/",
    "issues": "newsletter/", "subscribe": "subscribe/", "not_found": "404.html", "redirect": "vieux/index.html",
    "expired": "items/parcours.md",
}  # fmt: skip


def test_a_template_that_fails_is_named_with_what_it_should_show(tmp_path: Path) -> None:
    """With its line, and the article or page that it failed for."""
    own = tmp_path / "page"
    own.mkdir()
    for name, about in ABOUT.items():
        (own / f"{name}.html").write_text("\n{{ nothing }}", "utf-8")
        with pytest.raises(TemplateProblem) as raised:
            samples.site(templates=tmp_path)
        problem = raised.value.problem
        assert (problem.path, problem.line) == (f"templates/page/{name}.html", 2)
        assert dict(problem.values)["about"] == about
        (own / f"{name}.html").unlink()


def test_what_is_not_known_prints_nothing(tmp_path: Path) -> None:
    """A template of one's own may print what an article does not say."""
    own = tmp_path / "page"
    own.mkdir()
    prints = "[{{ event.place }}{{ attachments[0].type }}{{ attachments[0].size }}]"
    (own / "item.html").write_text(prints, "utf-8")
    here = pages.PageFrame(Theme(samples.config(), tmp_path), pages.SiteParts())
    item = samples.item("a", "A", samples.NOW, event=Event(start=samples.NOW))
    files = (Enclosure(url="https://a.example/x"),)
    entry = Entry(item=item, title="A", content="", summary="", enclosures=files)
    assert pages.render_item(pages.ItemPage(entry=entry), here).data == b"[]"


def test_the_example_of_the_document_works(tmp_path: Path) -> None:
    """The override that the document shows does what it says."""
    example = re.search(r"```jinja\n(.*?)```", DOCUMENT, re.DOTALL)
    assert example is not None
    own = tmp_path / "page" / "item.html"
    own.parent.mkdir()
    own.write_text(example[1], "utf-8")
    made = {
        output.path: (output.data or b"").decode() for output in samples.site(templates=tmp_path)
    }
    page = made["items/2026/11/parcours.html"]
    assert "Écrivez-nous." in page and 'class="tags"' in page


def test_the_style_can_be_added_to(tmp_path: Path) -> None:
    """A site's own stylesheet may begin with the default one."""
    own = tmp_path / "site.css"
    own.write_text('{% include "default/site.css" %}\n.more { color: red; }\n', "utf-8")
    made = {
        output.path: (output.data or b"").decode() for output in samples.site(templates=tmp_path)
    }
    assert ".more{color:red}" in made["site.css"] and ".masthead" in made["site.css"]


def test_a_template_that_overrides_nothing_is_named(tmp_path: Path) -> None:
    """With what was likely meant; what the site's own templates use, and notes, are no mistake."""
    folder = site(tmp_path, {"a.md": article("A")})
    for name, text in {
        "item.html": "x",
        "page/itme.html": "x",
        "style.css": "x",
        "page/card.html": '{% include "page/part.html" %}',
        "page/part.html": "x",
        "words/oc.toml": 'page_news = "Novèlas"',
        "README.md": "x",
        ".DS_Store": "x",
    }.items():
        (folder / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "templates" / name).write_text(text, "utf-8")
    for command in ("build", "check"):
        done = newsfeed("--lang", "en", command, cwd=folder)
        said = done.stdout + done.stderr
        found = re.findall(
            r"^(\S+):1:1: .*\[template-unused\].*\n.*did you mean (\S+)\?", said, re.M
        )
        assert found == [
            ("templates/item.html", "templates/page/item.html"),
            ("templates/page/itme.html", "templates/page/item.html"),
            ("templates/style.css", "templates/site.css"),
        ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("enabled = false", True),
        ('enabled = false\nitem = "actus/{slug}.html"', False),
        ("enabled = true", False),
    ],
)
def test_pages_that_nobody_writes_are_said_once(
    tmp_path: Path,
    settings: str,
    said: bool,
) -> None:
    """Where items still have addresses, one warning tells how to say which."""
    articles = {f"{name}.md": article(name) for name in "abc"}
    folder = site(tmp_path, articles, f"{SETTINGS}[pages]\n{settings}\n")
    done = newsfeed("build", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.count("[pages-unwritten]") == said
    feed = (folder / "public" / "atom.xml").read_text("utf-8")
    assert ("https://www.example.org/actus/a.html" in feed) == ("actus" in settings)


def test_a_site_at_the_address_of_a_preview_is_told(tmp_path: Path) -> None:
    """Its feeds work for nobody else; a preview itself is none of that."""
    settings = SETTINGS.replace("https://www.example.org/", "http://localhost:1313/")
    assert settings != SETTINGS
    folder = site(tmp_path, {"a.md": article("a")}, settings)
    done = newsfeed("build", cwd=folder)
    assert re.search(r"newsfeed\.toml:\d+:\d+: .*\[site-preview\]", done.stderr)
    assert "link-preview" not in done.stderr
