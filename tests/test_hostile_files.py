"""Files that an article, a link of the disk or a record names: nothing but what may be shown gets out.

Each site has a good article beside the hostile one, which is published whole whatever the other does.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed.content import scan
from newsfeed.content.scan import DiskTree
from newsfeed.site.attachments import is_allowed, runs_script

SECRET = "le-jeton-du-depot"
NOW = "2026-06-01"
REPOSITORY = {
    ".git/config": SECRET,
    ".env": SECRET,
    ".github/workflows/a.pdf": SECRET,
    "interne/conseil.pdf": SECRET,
    "backup/site.zip": SECRET,
    "templates/t.pdf": SECRET,
    "src/app.txt": SECRET,
    "issues/2026-01.md": f"---\nsubject: {SECRET}\ndate: 2090-01-01\n---\n\n{SECRET}\n",
    "items/brouillon.md": article("Brouillon", body=SECRET, draft="true"),
    "items/plus-tard.html": article("Plus tard", date="2090-01-01", body=SECRET),
    "items/source.rst": SECRET,
    "assets/.cache/a.pdf": SECRET,
    "assets/_prive/a.pdf": SECRET,
    "node_modules/x/a.pdf": SECRET,
}
"""The files of a repository that nobody is to read."""
ALSO = ("newsfeed.toml", "newsfeed.lock")


def repository(folder: Path, articles: dict[str, str]) -> Path:
    """Write a site with a good article, and with the files that are nobody's business."""
    site(folder, {"bon.md": article("Le bon", date="2026-01-03"), **articles})
    for path, text in REPOSITORY.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    (folder / "newsfeed.toml").write_text(f"{SETTINGS}# {SECRET}\n", "utf-8")
    return folder


def published(folder: Path) -> dict[str, bytes]:
    """Build the site; return what is published, and assert that the good article is."""
    done = newsfeed("build", "--now", NOW, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    files = tree_of(folder / "public")
    assert "items/2026/01/bon.html" in files
    assert b"Le bon" in files["atom.xml"]
    return files


def assert_nothing_secret(files: dict[str, bytes]) -> None:
    assert [path for path, data in files.items() if SECRET.encode() in data] == []


def test_no_link_of_the_disk_publishes_what_is_hidden(tmp_path):
    """Git carries links: one to a file or folder of the repository shows nothing of it."""
    names = []
    folder = repository(tmp_path, {})
    (folder / "static").mkdir()
    for number, target in enumerate([*REPOSITORY, *ALSO]):
        for ending in ("txt", "pdf", "png", "md"):
            name = f"l{number}.{ending}"
            names.append(name)
            os.symlink(f"../{target}", folder / "items" / name)
            os.symlink(f"../{target}", folder / "static" / name)
    for number, target in enumerate(("..", "../.git", "../interne", "../issues", "../templates")):
        os.symlink(target, folder / "items" / f"d{number}")
        os.symlink(target, folder / "static" / f"d{number}")
        names += [f"d{number}/{name}" for name in ("config", "conseil.pdf", "t.pdf", "2026-01.md")]
    links = "\n\n".join(f"[x]({name}) ![y]({name})" for name in names)
    listed = ", ".join(names)
    text = article("Mauvais", body=links, enclosures=f"[{listed}]")
    (folder / "items" / "mauvais.md").write_text(text, "utf-8")
    assert_nothing_secret(published(folder))
    newsfeed("build", "--now", NOW, cwd=folder)
    assert_nothing_secret(published(folder))


@pytest.mark.parametrize("field", ["image: {0}", "enclosures: [{0}]", "source: {{name: x, url: {0}}}",
                                   "links: [{{text: x, url: {0}}}]"])  # fmt: skip
def test_no_field_publishes_a_document_of_the_repository(tmp_path, field):
    """Neither by a path that leads up, nor from the root, nor by what other tools write."""
    folder = repository(tmp_path, {})
    ways = ("../{0}", "/{0}", "{0}", "@/{0}", "../items/../{0}", "%2e%2e/{0}", "./../{0}?x#y")
    for number, target in enumerate([*REPOSITORY, *ALSO]):
        for other, way in enumerate(ways):
            line = field.format(json.dumps(way.format(target)))
            text = f"---\ntitle: A\ndate: 2026-01-02\n{line}\n---\n\n[a]({way.format(target)})\n"
            (folder / "items" / f"m{number}-{other}.md").write_text(text, "utf-8")
    assert_nothing_secret(published(folder))


def test_a_record_publishes_nothing_else(tmp_path):
    """The files that a past letter names go through the same gate."""
    folder = repository(tmp_path, {})
    text = "---\nsubject: Un\ndate: 2026-01-15\n---\n\n- [Le bon](../items/bon.md)\n"
    (folder / "issues" / "2026-02.md").write_text(text, "utf-8")
    newsfeed("build", "--now", NOW, cwd=folder)
    place = folder / "issues" / "2026-02.json"
    record = json.loads(place.read_text("utf-8"))
    record["files"] = [*REPOSITORY, *ALSO]
    place.write_text(json.dumps(record), "utf-8")
    assert_nothing_secret(published(folder))


def test_links_between_shown_folders_are_followed(tmp_path):
    """What a link may lead to: pictures of the site's own folders, articles, whole folders of them."""
    folder = repository(tmp_path, {"a.md": article(body="[p](p.pdf) [q](dossier/q.pdf)")})
    for path in ("assets/p.pdf", "static/doc/q.pdf"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"%PDF")
    os.symlink("../assets/p.pdf", folder / "items" / "p.pdf")
    os.symlink("../static/doc", folder / "items" / "dossier")
    files = published(folder)
    assert files["media/p.pdf"] == files["media/dossier/q.pdf"] == b"%PDF"


@pytest.mark.parametrize("place", ["items/a.md", "items/a.pdf", "static/a.bin", "issues/a.md",
                                   "templates/site.css", "public/index.html", "assets/a.pdf",
                                   ".newsfeed/cache"])  # fmt: skip
def test_a_pipe_keeps_nobody_waiting(tmp_path, place):
    """What is no regular file is passed over, replaced or said: it is never read."""
    folder = repository(tmp_path, {"b.md": article(body="[a](a.pdf) [a](/assets/a.pdf)")})
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(target)
    done = newsfeed("build", "--now", NOW, cwd=folder)
    assert done.returncode in (0, 1, 2), done.stderr
    assert ("output-foreign" in done.stderr) is place.startswith("public/")


@pytest.mark.parametrize("name", ["newsfeed.toml", "newsfeed.lock"])
def test_a_pipe_for_a_file_of_the_site_is_said(tmp_path, name):
    """There nothing can be built: one line, exit code 3."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    done = newsfeed("build", cwd=folder)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1 and name in done.stderr


def _swap_folder(root: Path) -> None:
    (root / "items" / "d").rename(root / "away")
    (root / "items" / "d").symlink_to("../secret")


def _swap_file(root: Path) -> None:
    (root / "items" / "d" / "a.pdf").unlink()
    (root / "items" / "d" / "a.pdf").symlink_to("../../secret/a.pdf")


def _swap_for_pipe(root: Path) -> None:
    (root / "items" / "d" / "a.pdf").unlink()
    os.mkfifo(root / "items" / "d" / "a.pdf")


@pytest.mark.parametrize("swap", [_swap_folder, _swap_file, _swap_for_pipe])
def test_what_was_swapped_since_the_scan_is_not_read(tmp_path, swap: Callable[[Path], None]):
    """Between the look and the reading somebody may be faster: the place is proven when it is open."""
    for folder in ("items/d", "secret"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.pdf").write_text(SECRET if folder == "secret" else "x")
    found = scan.scan(tmp_path, ["items", "static", "issues"])
    swap(tmp_path)
    for tree in (found, DiskTree(tmp_path, found.listing, ["items", "static", "issues"])):
        with pytest.raises(OSError, match=r"link|regular"):
            tree.read("items/d/a.pdf")


def test_a_deep_folder_is_said(tmp_path, request):
    """Folders in folders, a thousand deep: no end of ours, and one line."""
    folder = repository(tmp_path, {})
    # Python's own rmtree, with which pytest would remove them some runs later, calls itself for each.
    request.addfinalizer(lambda: subprocess.run(["rm", "-r", folder / "items" / "d"], check=True))
    descriptor = os.open(folder / "items", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    done = newsfeed("build", "--now", NOW, cwd=folder)
    assert done.returncode == 1
    assert done.stderr.count("folder-deep") == 1
    assert "items/2026/01/bon.html" in tree_of(folder / "public")


ACTIVE = (
    "a.svgz", "a.htm", "a.HTML", "a.xhtml", "a.xht", "a.xml", "a.xsl", "a.js", "a.mjs", "sw.js", "a.shtml",
    "a.php", "a.hta", "a.mht", "a.mhtml", "a.swf", "a.jar", "a.exe", "a.css", "a.wasm", "a.rss", "a.atom",
    "a.appcache", "a.webmanifest", "a.url", "a.lnk", "a.html.", "a", ".htaccess", "a.png.html",
)  # fmt: skip
GIVEN = ("a.pdf", "a.PDF", "a.zip", "a.docx", "a.odt", "a.csv", "a.ics", "a.txt", "a.png", "a.jpeg", "a.webp",
         "a.svg", "a.mp3", "a.mp4", "a.b.pdf", "a.json")  # fmt: skip


def test_attachments_are_of_a_list_of_types():
    """What a browser might run is not among them, whatever it is called; the owner may add to it."""
    assert [name for name in ACTIVE if is_allowed(name, ())] == []
    assert [name for name in GIVEN if not is_allowed(name, ())] == []
    assert is_allowed("a.HTML", (".html",))


HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SCRIPTED = {
    "script": "<script>alert(1)</script>",
    "prefixed": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    "html": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "html-image": '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>',
    "event": '<path onclick="alert(1)"/>',
    "load": '<g onload="alert(1)"/>',
    "link": '<a href="javascript:alert(1)"><path/></a>',
    "spaced": '<a xlink:href=" java&#10;script:alert(1)"><path/></a>',
    "data": '<use href="data:image/svg+xml,x#y"/>',
    "file": '<image href="file:///etc/passwd"/>',
    "foreign": "<foreignObject><p/></foreignObject>",
    "moved": '<a><set attributeName="href" to="javascript:alert(1)"/></a>',
    "animated": '<a><animate attributeName="xlink:href" values="javascript:alert(1)"/></a>',
    "entity": "&e;",
    "handler": '<handler type="application/ecmascript">alert(1)</handler>',
}
PLAIN = {
    "path": '<path d="M0 0h1"/>',
    "link": '<a href="https://www.example.org/"><path/></a>',
    "inner": '<defs><g id="a"/></defs><use xlink:href="#a"/>',
    "picture": '<image href="data:image/png;base64,AAAA"/>',
    "animated": '<path><animate attributeName="d" values="M0 0;M1 1"/></path>',
    "inkscape": '<i:grid xmlns:i="http://www.inkscape.org/namespaces/inkscape" id="a"/>',
    "style": "<style>path{fill:red}</style><title>Un</title>",
}


@pytest.mark.parametrize("kind", sorted(SCRIPTED))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_an_svg_that_runs_script_is_none(kind, encoding):
    """Elements, attributes, links, foreign documents, entities: in any encoding that browsers read."""
    entity = (
        '<!DOCTYPE svg [<!ENTITY e "&#60;script>alert(1)&#60;/script>">]>'
        if kind == "entity"
        else ""
    )
    declared = "" if encoding == "utf-8" else f'<?xml version="1.0" encoding="{encoding}"?>'
    text = f"{declared}{entity}<svg {HEAD}>{SCRIPTED[kind]}</svg>"
    assert runs_script(text.encode(encoding))


@pytest.mark.parametrize("kind", sorted(PLAIN))
def test_a_plain_svg_is_a_picture(kind):
    """What drawing programs write is published."""
    assert not runs_script(f"<svg {HEAD}>{PLAIN[kind]}</svg>".encode())


@pytest.mark.parametrize("data", [
    b"", b"<svg", b"<svg><script>1</script>", b"<html><script>1</script></html>", b"\xff\xfe",
    b'<?xml-stylesheet href="x.xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    ) + b']><svg xmlns="http://www.w3.org/2000/svg">&j;</svg>',
])  # fmt: skip
def test_what_is_no_sound_svg_is_refused(data):
    """A browser runs what comes before the fault; a bomb is not opened."""
    assert runs_script(data)


def test_a_drawing_with_script_costs_its_article_the_drawing(tmp_path):
    """The article is there without it, and the message says what to do."""
    drawing = f"<svg {HEAD}><script>alert(1)</script></svg>"
    folder = repository(tmp_path, {"a.md": article(body="Le texte ![x](x.svg)")})
    (folder / "items" / "x.svg").write_text(drawing)
    done = newsfeed("build", "--now", NOW, cwd=folder)
    files = tree_of(folder / "public")
    assert done.returncode == 1 and "picture-script" in done.stderr
    assert "media/x.svg" not in files and b"Le texte" in files["items/2026/01/a.html"]
    newsfeed("build", "--now", NOW, cwd=folder)
    assert tree_of(folder / "public") == files
