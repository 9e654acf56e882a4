"""What is not public stays so, whatever an article writes: no source is ever published."""

from __future__ import annotations

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of

SECRET = "Le secret du brouillon"
# The files that nobody may read: by their path below items/.
HIDDEN = {
    "draft.md": article("Brouillon", body=SECRET, draft="true"),
    "later.md": article("Plus tard", date="2090-01-01", body=SECRET),
    "gone.md": article("Fini", date="2020-01-01", body=SECRET, expires="2020-02-01"),
    "undated.md": f"---\ntitle: Sans date\n---\n{SECRET}\n",
    "undated.html": f"---\ntitle: Sans date\n---\n<p>{SECRET}</p>\n",
    "broken.md": f"---\n- un\n- deux\n---\n{SECRET}\n",
    "_drafts/idea.md": f"---\ntitle: Idée\n---\n{SECRET}\n",
    "_index.md": f"---\ntitle: Rubrique\n---\n{SECRET}\n",
    "source.rst": f"Titre\n#####\n\n:status: draft\n\n{SECRET}\n",
    "source.org": f"#+draft: true\n{SECRET}\n",
    "source.adoc": f"= Titre\n:draft:\n\n{SECRET}\n",
    "page.njk": f"---\ndraft: true\n---\n{SECRET}\n",
}
WAYS = [
    "[a]({0})",
    "![a]({0})",
    "[a]({{filename}}{0})",
    "[a]({{filename}}/{0})",
    "[a]({{static}}{0})",
    "[a]({{attach}}{0})",
    "[a](|filename|{0})",
    "[a](@/{0})",
    "[[{0}]]",
    "![[{0}]]",
    '[a]({{{{< relref "{0}" >}}}})',
    '[a]({{{{< ref "/{0}" >}}}})',
    "[a]({{% link {0} %}})",
    "{{% asset_link {0} %}}",
    '{{{{< figure src="{0}" >}}}}',
    '<a href="{0}">a</a>',
    '<a href="/{0}?x=1#y">a</a>',
    '<img src="{0}" alt="a">',
    '<img src="a.png" srcset="{0} 2x" alt="a">',
    '<audio controls src="{0}"></audio>',
    '<video controls><source src="{0}"></video>',
    "<video poster={0}></video>",
]


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_no_link_publishes_a_source(tmp_path, hidden):
    """However an article names a file that is no public article, its text reaches nobody."""
    ways = "\n\n".join(way.format(hidden) for way in WAYS)
    keys = (
        f"image: {hidden}\nenclosures: [{hidden}]\nlinks:\n  - {{ text: a, url: {hidden} }}\n"
        f"source: {{ name: a, url: {hidden} }}\n"
    )
    text = f"---\ntitle: Un\ndate: 2026-01-02\n{keys}---\n\n{ways}\n"
    folder = site(tmp_path, {"a.md": text, hidden: HIDDEN[hidden]})
    done = newsfeed("build", "--now", "2026-06-01", cwd=folder)
    assert "Traceback" not in done.stderr
    published = tree_of(folder / "public")
    assert "items/2026/01/a.html" in published
    assert not [path for path, data in published.items() if SECRET.encode() in data]
    assert not [path for path in published if path.endswith(hidden.rpartition("/")[2])]
    assert "[link-hidden]" in done.stderr


def test_a_letter_that_is_not_sent_stays_unread(tmp_path):
    """An issue's source lies beside the articles, and is none of their files."""
    folder = site(tmp_path, {"a.md": article(body="[a](../issues/2026-01.md)")})
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-01.md").write_text(f"---\nsubject: Un\n---\n{SECRET}\n", "utf-8")
    newsfeed("build", "--now", "2026-06-01", cwd=folder)
    assert "issues/2026-01.md" not in tree_of(folder / "public")


def test_what_is_attached_is_published(tmp_path):
    """Documents are files to give: a Word file, data, a text; a page where the owner says so."""
    files = dict.fromkeys(("a.docx", "b.odt", "c.txt", "d.json", "e.ipynb", "f.pdf"), b"x")
    page = b"<!doctype html><title>Demo</title><p>Hello</p>"
    links = "\n\n".join(f"[{name}]({name})" for name in [*files, "demo.html"])
    allowed = SETTINGS + '[items]\nattachments = ["html"]\n'
    folder = site(tmp_path, {"a.md": article(body=links), "demo.html": page, **files}, allowed)
    done = newsfeed("build", "--now", "2026-06-01", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert {f"media/{name}" for name in [*files, "demo.html"]} <= tree_of(folder / "public").keys()
