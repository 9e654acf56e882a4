"""Where what an article writes leads: links, pictures, and the files of its front matter.

One site in memory stands for all rows; in the addresses expected ``~`` is the site's own.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

import folders
from newsfeed.build.articles import Reading
from newsfeed.config import Config, Pages, Site
from newsfeed.config import Items as ItemSettings
from newsfeed.content.reading import read_article
from newsfeed.model import FileInfo
from newsfeed.site.entry import Shown, Unrendered, render_body, show
from newsfeed.site.items import Items
from newsfeed.site.library import Library, is_media, is_variant
from photographs import photograph

SITE = "https://www.example.org/"
PICTURE = photograph(30, 20, "PNG")
BAD_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
LARGE_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'.ljust(5_000_001)
SOURCES = (
    "markdown", "mdx", "mdown", "mkd", "mdc", "markdoc", "rst", "org", "adoc", "asciidoc", "textile", "njk",
    "liquid", "qmd", "rmd", "RST",
)  # fmt: skip
OUTSIDE = {
    "images/root.png": PICTURE,
    "source/img/hexo.png": PICTURE,
    "public/astro.png": PICTURE,
    "blog/public/astro.png": PICTURE,
    "src/assets/y.png": PICTURE,
    "assets/img/z.png": PICTURE,
    "blog/static/k.png": PICTURE,
    "secret.txt": b"x",
}
"""Files that no scan finds, but the tree has."""


def _article(title: str, *lines: str, date: str = "2026-05-01") -> bytes:
    more = "".join(f"{line}\n" for line in lines)
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n\n## Partie\n".encode()


FILES = {
    "blog/lux/b.md": _article("Le titre B", "aliases: [Nom b]", date="2026-04-30"),
    "blog/lux/index.md": _article("Le dossier"),
    "blog/lux/dossier/index.md": _article("Dossier"),
    "blog/lux/page.html": _article("Page").replace(b"## Partie", b"<h2>Partie</h2>"),
    "blog/lux/draft.md": _article("Brouillon", "draft: true"),
    "blog/lux/away.md": _article("Ailleurs", "url: https://away.example/x"),
    "blog/lux/broken.md": b"---\n- un\n---\nTexte.\n",
    "blog/lux/photo.png": PICTURE,
    "blog/lux/\u00e9t\u00e9.png": PICTURE,
    "blog/lux/plan.pdf": b"%PDF-1.7",
    "blog/lux/vide.pdf": b"",
    "blog/lux/lien.pdf": b"%PDF",
    "blog/lux/lien.md": _article("Lien", "draft: true"),
    "blog/lux/plan.dwg": b"AC1027",
    "blog/lux/lourd.zip": b"x" * 1_000_001,
    "blog/lux/sub/deep.png": PICTURE,
    "blog/lux/a/own.png": PICTURE,
    "blog/lux/mauvais.svg": BAD_SVG,
    "blog/lux/enorme.svg": LARGE_SVG,
    "blog/lux/abime.png": b"not a picture",
    "blog/lux/plat.png": PICTURE[:20] + bytes(4) + PICTURE[24:],
    "blog/lux/parti.pdf": b"%PDF",
    "blog/lux/bon.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
    **{f"blog/lux/notes.{ending}": b"Titre" for ending in SOURCES},
    "static/logo.png": PICTURE,
    "static/mauvais.svg": BAD_SVG,
    "static/plan.dwg": b"AC1027",
    "issues/lettre.md": b"---\nsubject: L\n---\nTexte.\n",
    "issues/lettre.png": PICTURE,
}


LINKED = {"blog/lux/lien.pdf": "blog/lux/draft.md", "blog/lux/lien.md": "static/logo.png"}
"""Links of the disk, each with the file that it leads to."""


class Folder(folders.InMemory):
    def info(self, path: str) -> FileInfo | None:
        data = self.texts.get(path)
        return FileInfo(len(data), 0) if data is not None else None

    def origin(self, path: str) -> str:
        return LINKED.get(path, path)


def _config(url: str, *, typography: bool = True) -> Config:
    return Config(
        site=Site(title="Site", url=url, language="fr"),
        items=ItemSettings(path="blog/lux/", max_attachment_mb=1, typography=typography),
        pages=Pages(elsewhere=("served/",)),
    )


@cache
def _library(url: str, *, typography: bool = True) -> Library:
    config = _config(url, typography=typography)
    tree = Folder(FILES)
    tree.texts = {**FILES, **OUTSIDE}
    del tree.texts["blog/lux/parti.pdf"]  # between the scan and the look at it
    read = Reading(tree, config, None).articles(1)
    return Library(
        tree,
        Items(read.heads, read.decode),
        config,
        visible={head.path for head in read.heads if not head.draft},
        withheld=frozenset(left.path for left in read.left_out if left.reason != "format"),
    )


def _shown(body: str, front: str = "", url: str = SITE, *, typography: bool = True) -> Shown:
    title = "" if "title:" in front else "title: A\n"
    text = f"---\n{title}date: 2026-05-02\n{front}---\n{body}\n"
    item = read_article("blog/lux/a.md", text.encode(), _config(url)).item
    assert item is not None
    unrendered = Unrendered(text[item.body_at :], legible=True)
    library = _library(url, typography=typography)
    return show(item, library, render_body(item, unrendered, library))


B = "~items/2026/04/b.html"
DOSSIER = "~items/2026/05/dossier.html"
# What an article links to, where that leads (nowhere if it is empty), and the rule that speaks of it.
LINKS = [
    ("b.md", B, ""), ("b", B, ""), ("../lux/b.md", B, ""), ("/b.md", B, ""), ("b.md?x=1", f"{B}?x=1", ""), ("?x=1", "~items/2026/05/a.html?x=1", ""),
    ("/items/2026/04/b.html", B, ""), (f"{SITE}items/2026/04/b.html", B, ""), ("..\\lux\\b.md", B, ""),
    ("..\\lux\\b", B, ""), ("..%5Clux%5Cb", B, ""), ("..%5Clux%5Cvide.pdf", "~media/vide.pdf", "file-empty"),
    ("../04/b.html", B, ""), ("../04/b", B, ""), ("../../2026/04/b.html#x", f"{B}#b-x", ""),
    ("dossier", DOSSIER, ""), ("dossier/", DOSSIER, ""), ("dossier/index.md", DOSSIER, ""),
    ("page", "~items/2026/05/page.html", ""), ("page.html", "~items/2026/05/page.html", ""),
    ("b.md#partie", f"{B}#b-partie", ""), ("..%5Clux%5Cb.md#partie", f"{B}#b-partie", ""), ("b.md#", f"{B}#", ""), ("b.md#x", f"{B}#b-x", ""),
    ("b.md#عن", f"{B}#b-%D8%B9%D9%86", ""), ("b.md#é", f"{B}#b-e", ""), ("plan.pdf#é", "~media/plan.pdf#%C3%A9", ""),
    ("away.md", "https://away.example/x", ""), ("away.md#ici", "https://away.example/x#ici", ""),
    ("draft.md", "", "link-hidden"), ("draft", "", "link-hidden"), ("broken.md", "", "link-hidden"),
    (f"{SITE}items/2026/05/draft.html", "", "link-hidden"), ("notes.rst", "", "link-hidden"),
    ("../../issues/lettre.md", "", "link-hidden"), ("../../issues/lettre.png", "~issues/lettre.png", ""),
    ("rien.md", "~items/2026/05/rien.md", "link-dead"), ("/secret.txt", "~secret.txt", ""),
    ("/served/x", "~served/x", ""), ("/served/x.md", "~served/x.md", ""),
    ("http://www.example.org/x", "http://www.example.org/x", "link-insecure"),
    ("http://autre.example/", "http://autre.example/", ""), ("//autre.example/x", "https://autre.example/x", ""),
    ("https://autre.example/é", "https://autre.example/%C3%A9", ""), ("mailto:a@b.example", "mailto:a@b.example", ""),
    ("plan.pdf", "~media/plan.pdf", ""), ("plan.pdf?v=1#page=2", "~media/plan.pdf#page=2", ""),
    ("/logo.png", "~static/logo.png", ""), ("/static/logo.png", "~static/logo.png", ""),
    ("vide.pdf", "~media/vide.pdf", "file-empty"), ("lien.pdf", "", "link-hidden"), ("plan.dwg", "", "attachment-type"),
    ("/plan.dwg", "~static/plan.dwg", ""), ("lourd.zip", "~media/lourd.zip", ""),
]  # fmt: skip
# The same between [[ and ]]: by file, path, title, other name.
CALLED = [
    ("b", B, ""), ("B.md", B, ""), ("Le titre B", B, ""), ("nom b", B, ""), ("dossier", DOSSIER, ""),
    ("lux/b", B, ""), ("b#partie", f"{B}#b-partie", ""), ("draft", "", "link-hidden"), ("rien", "", "link-dead"),
    ("plan.pdf", "~media/plan.pdf", ""), ("plan.pdf#page=2", "~media/plan.pdf#page=2", ""),
    ("b#عن", f"{B}#b-%D8%B9%D9%86", ""), ("plan.pdf#é", "~media/plan.pdf#%C3%A9", ""), ("served/x#é", "~served/x/#%C3%A9", ""), ("served/x#y", "~served/x/#y", ""),
]  # fmt: skip
OWN, DEEP, SUMMER = "~media/photo.png", "~media/sub/deep.png", "~media/%C3%A9t%C3%A9.png"
# Pictures: those of the site have sizes, which is how a reader sees that they were found.
PICTURES = [
    ("photo.png", OWN, ""), ("photo.png?v=1#x", OWN, ""), ("..\\lux\\photo.png", OWN, ""), ("/photo.png", OWN, ""),
    ("/lux/photo.png", OWN, ""), ("sub/deep.png", DEEP, ""), ("./sub/deep.png", DEEP, ""),
    ("e\u0301te\u0301.png", SUMMER, ""), ("%C3%A9t%C3%A9.png", SUMMER, ""), ("own.png", "~media/a/own.png", ""),
    ("/logo.png", "~static/logo.png", ""), ("logo.png", "~static/logo.png", ""), ("/static/logo.png", "~static/logo.png", ""),
    ("/images/root.png", "~images/root.png", ""), ("/img/hexo.png", "~source/img/hexo.png", ""),
    ("/astro.png", "~blog/public/astro.png", ""), ("@assets/y.png", "~src/assets/y.png", ""),
    ("../../issues/lettre.png", "~issues/lettre.png", ""), ("bon.svg", "~media/bon.svg", ""),
    ("mauvais.svg", "", "picture-script"), ("enorme.svg", "", "picture-script"),
    ("abime.png", "~media/abime.png", ""), ("plat.png", "~media/plat.png", ""), ("/img/z.png", "~assets/img/z.png", ""), ("/k.png", "~blog/static/k.png", ""), ("/mauvais.svg", "~static/mauvais.svg", ""),
    ("rien.png", "", "file-missing"), ("/rien.png", "", "file-missing"),
    ("b.md", "", "link-hidden"), ("draft.md", "", "link-hidden"), ("lien.md", "", "link-hidden"),
    ("/served/p.png", "~served/p.png", ""), (f"{SITE}served/p.png", "~served/p.png", ""),
    (f"{SITE}items/2026/05/draft.html", "", "link-hidden"), ("//autre.example/p.png", "https://autre.example/p.png", ""),
    ("http://autre.example/p.png", "http://autre.example/p.png", "link-insecure"),
]  # fmt: skip
UNMEASURED = ("~served/", "~static/mauvais", "~media/abime", "~media/plat", "http")


@pytest.mark.parametrize(
    ("written", "rows"), [("[x](<{}>)", LINKS), ("[[{}]]", CALLED), ("![x](<{}>)", PICTURES)]
)
def test_what_is_written_in_a_text_leads_there(
    written: str, rows: list[tuple[str, str, str]]
) -> None:
    """What a problem says stands at its line; what is held back is neither linked to nor published."""
    for reference, address, code in rows:
        shown = _shown(f"Un.\n\n{written.format(reference)}")
        found = re.findall(r'(?:href|src)="([^"]*)"', shown.entry.content.replace(SITE, "~"))
        assert found == ([address] if address else []), reference
        told = [(each.code, each.line, dict(each.values).get("url")) for each in shown.problems]
        assert told == ([(code, 7, reference)] if code else []), reference
        sized = written[0] == "!" and bool(address) and not address.startswith(UNMEASURED)
        assert (' width="' in shown.entry.content) is sized, reference
        published = [asset.url.replace(SITE, "~") for asset in shown.assets]
        here = re.match(r"~(?:media|static|issues|images|source|blog|src|assets)/", address)
        assert published == ([address.partition("#")[0]] if here else []), reference


def test_no_source_of_a_page_is_published() -> None:
    """What another tool makes pages of may be a draft, whatever its ending is called."""
    for ending in SOURCES:
        shown = _shown(f"[x](notes.{ending})")
        assert [each.code for each in shown.problems] == ["link-hidden"], ending
        assert (shown.assets, "href" in shown.entry.content) == ((), False), ending


def test_a_site_below_a_path_is_found_with_the_path_or_without() -> None:
    for reference, address in (
        ("/items/2026/04/b.html", f"{SITE}news/items/2026/04/b.html"),
        ("/news/items/2026/04/b.html", f"{SITE}news/items/2026/04/b.html"),
        ("/news/logo.png", f"{SITE}news/static/logo.png"),
        ("/logo.png", f"{SITE}news/static/logo.png"),
    ):
        assert f'href="{address}"' in _shown(f"[x]({reference})", url=f"{SITE}news/").entry.content


def test_what_cannot_be_known_yet_is_kept_for_the_whole_site() -> None:
    """A place in another article, and a page that is no article's, with the line and as it is written."""
    for reference, crossing in (
        ("b.md#partie", ("blog/lux/b.md", "b-partie", "")),
        (f"{SITE}tags/%C3%A9t%C3%A9/?x#y", ("", "", "tags/été/")),
        ("/rien/#y", ("", "", "rien/")),
        ("/secret.txt", ("", "", "secret.txt")),
    ):
        (found,) = _shown(f"[x]({reference})").crossings
        assert (found.path, found.anchor, found.page) == crossing
        assert (found.place, found.written) == ((5, 5), reference)
    for reference in ("b.md", "away.md#ici", "plan.pdf#x", "/served/x", "https://autre.example/"):
        assert _shown(f"[x]({reference})").crossings == ()


def _seen(found: object) -> str:
    """Return what a value of an entry says, without what it leaves unsaid."""
    return re.sub(r"\w+=(?:None|''), |, \w+=(?:None|'')", "", str(found)).replace(SITE, "~")


A_PICTURE = "type='image/png', length=1408"
# A line of front matter, what an entry shows of it, and the rule that speaks of that line.
FIELDS = [
    ("image: {src: photo.png, alt: A}", f"Image(src='{OWN}', alt='A', width=30, height=20, {A_PICTURE})", ""),
    ("image: {src: /served/p.png, alt: A}", "Image(src='~served/p.png', alt='A', type='image/png')", ""),
    ("image: {src: https://autre.example/p.webp, alt: A}", "Image(src='https://autre.example/p.webp', alt='A', type='image/webp')", ""),
    ("image: {src: rien.png, alt: A}", "None", "file-missing"),
    ("image: {src: draft.md, alt: A}", "None", "link-hidden"),
    ("enclosures: [plan.pdf]", "(Enclosure(url='~media/plan.pdf', type='application/pdf', length=8),)", ""),
    ("enclosures: [{file: plan.pdf, type: application/x-plan, length: 3}]", "(Enclosure(url='~media/plan.pdf', type='application/x-plan', length=8),)", ""),
    ("enclosures: [vide.pdf]", "(Enclosure(url='~media/vide.pdf', type='application/pdf', length=0),)", "file-empty"),
    ("enclosures: [lourd.zip]", "(Enclosure(url='~media/lourd.zip', type='application/zip', length=1000001),)", "file-heavy"),
    ("enclosures: [plan.dwg]", "()", "attachment-type"),
    ("enclosures: [rien.pdf]", "()", "file-missing"),
    ("enclosures: ['https://autre.example/a.mp3?x']", "(Enclosure(url='https://autre.example/a.mp3?x', type='audio/mpeg'),)", ""),
    ("enclosures: [/served/a.mp3]", "(Enclosure(url='~served/a.mp3', type='audio/mpeg'),)", ""),
    ("links: [{text: B, url: b.md}]", f"(Link(text='B', url='{B}'),)", ""),
    ("links: [{text: Là, url: '#partie'}]", "(Link(text='Là', url='~items/2026/05/a.html#partie'),)", ""),
    ("links: [{text: B, url: draft.md}]", "()", "link-hidden"),
    ("links: [{text: Quoi ?, url: //autre.example}]", "(Link(text='Quoi\\u202f?', url='https://autre.example'),)", ""),
    ("source: {name: B, url: b.md}", f"Link(text='B', url='{B}')", ""),
    ("source: {name: B, url: draft.md}", "None", "link-hidden"),
    ("source: B", "Link(text='B')", ""),
    ("authors: [{name: C, url: b.md}]", f"(Person(name='C', url='{B}'),)", ""),
    ("authors: [C]", "(Person(name='C'),)", ""),
    ("authors: [{name: C, url: draft.md}]", "(Person(name='C'),)", "link-hidden"),
    ("canonical: b.md", B, ""),
    ("canonical: ../x", "~items/2026/x", ""),
    ("canonical: http://autre.example/x", "http://autre.example/x", ""),
]  # fmt: skip


def test_what_front_matter_names_is_found_and_described() -> None:
    """Address, type, length and sizes as they are, whatever is written; what is missing is left out."""
    for line, expected, code in FIELDS:
        shown = _shown("![D](sub/deep.png)", f"{line}\n")
        field = line.partition(":")[0]
        of = shown.entry.item if field in ("authors", "canonical") else shown.entry
        assert _seen(getattr(of, field)) == expected, line
        assert [(each.code, each.line) for each in shown.problems] == ([(code, 4)] if code else [])


def test_files_of_a_site_of_articles_alone_are_below_media() -> None:
    """Where the articles lie in the site's own folder, all but static/ is published there."""
    config = Config(site=Site(title="Site", url=SITE, language="fr"), items=ItemSettings(path="."))
    files = {path.removeprefix("blog/lux/"): data for path, data in FILES.items()}
    here = Library(Folder(files), Items.of({}, ()), config, visible=set())
    for path, page in (
        ("photo.png", "media/photo.png"),
        ("sub/deep.png", "media/sub/deep.png"),
        ("issues/lettre.png", "media/issues/lettre.png"),
        ("static/logo.png", "static/logo.png"),
    ):
        assert here.page(path) == page
        assert here.path_at(SITE + page) == path
    assert here.path_at(f"{SITE}media/rien.png") is None
    assert here.path_at("https://autre.example/media/photo.png") is None
    assert [here.withholds(path) for path in ("a.mdx", "issues/b.md", "photo.png")] == [
        True,
        True,
        False,
    ]


def test_a_form_of_a_picture_is_known_by_its_name() -> None:
    """Smaller ones of pages and those of letters: what is named so is made anew, and may go."""
    for name in ("a.480w.png", "b/a.1W.JPG", "a.letter-280.png", "a.letter-280x100-clear.webp", "a.letter-9-clear.gif"):  # fmt: skip
        assert is_variant(name), name
    for name in ("a.0w.png", "a.480w", "a480w.png", "a.480w.png.md", "a.letter-.png", "a.letter-280-dark.png", "a.letter-0.png", "a.w.png"):  # fmt: skip
        assert not is_variant(name), name


def test_what_is_media_is_told_by_its_name() -> None:
    for name in ("a.png", "a.SVG", "a.mp3", "a.mp4", "a.pdf", "a.zip", "a.epub", "a.doc", "a.docx", "a.odt", "a.xls"):  # fmt: skip
        assert is_media(name), name
    for name in ("a.md", "a.html", "a.txt", "a.json", "a", "a.js", "a.css", "a.xml"):
        assert not is_media(name), name


def test_words_are_typeset_or_stay_as_they_are() -> None:
    """Everywhere or nowhere: in the text, its title and summary, in links."""
    front = "title: Qui ?\nsummary: Quand ?\nlinks: [{text: Quoi ?, url: b.md}]\n"
    for typography, sign in ((True, "\u202f?"), (False, " ?")):
        entry = _shown("Où ?", front, typography=typography).entry
        said = [entry.title, entry.summary, entry.links[0].text, entry.content.strip()]
        assert said == [f"Qui{sign}", f"Quand{sign}", f"Quoi{sign}", f"<p>Où{sign}</p>"]


def test_a_file_that_is_gone_meanwhile_is_said_and_left_out() -> None:
    """By a text, as a picture, attached: with the line and the reason, and nothing else stops."""
    for body, front, line in (
        ("[x](parti.pdf)", "", 5), ("![x](parti.pdf)", "", 5), ("[[parti.pdf]]", "", 5),
        ("", "enclosures: [parti.pdf]\n", 4), ("", "image: {src: parti.pdf, alt: A}\n", 4),
    ):  # fmt: skip
        shown = _shown(body, front)
        assert [(p.code, p.line) for p in shown.problems] == [("file-unreadable", line)]
        assert dict(shown.problems[0].values)["reason"]
        assert (shown.assets, shown.entry.enclosures, shown.entry.image) == ((), (), None)
        assert not re.search("href|src", shown.entry.content)


def test_without_its_recording_an_episode_is_none() -> None:
    """Feeds would tell of sound that is not there."""
    assert _shown("", "audio: plan.mp3\nepisode: 3\n").entry.episode is None
    there = _shown("", "audio: https://autre.example/a.mp3\nepisode: 3\n").entry.episode
    assert there is not None and there.number == 3


def test_an_article_in_html_is_no_markdown() -> None:
    text = "---\ntitle: A\ndate: 2026-05-02\n---\n<p>*a* _b_</p>\n"
    item = read_article("blog/lux/a.html", text.encode(), _config(SITE)).item
    assert item is not None
    library = _library(SITE)
    body = render_body(item, Unrendered(text[item.body_at :], legible=True), library)
    assert show(item, library, body).entry.content.strip() == "<p>*a* _b_</p>"


def test_an_article_is_set_in_its_own_language() -> None:
    """In a French site an English text has no French spaces, nor its title, summary and links."""
    front = "lang: en\ntitle: Who?\nsummary: When?\nlinks: [{text: What?, url: b.md}]\n"
    entry = _shown("« Where? »", front).entry
    said = [entry.title, entry.summary, entry.links[0].text, entry.content.strip()]
    assert said == ["Who?", "When?", "What?", "<p>« Where? »</p>"]
    assert "«\u00a0Où" in _shown("« Où »").entry.content


def test_a_summary_is_the_author_s_or_the_text_s_beginning_or_the_title() -> None:
    for front, body, summary in (
        ("summary: Dit.\n", "Le texte.", "Dit."),
        ("", "Le texte.", "Le texte."),
        ("", "", "A"),
    ):
        assert _shown(body, front).entry.summary == summary


def test_anchors_bear_the_name_of_their_article() -> None:
    """Two articles on one page have two headings of one name."""
    shown = _shown("## Partie\n\n[x](#partie)\n\nUn[^1]\n\n[^1]: Deux")
    assert '<h2 id="a-partie">' in shown.entry.content
    assert all(each.startswith("a-") for each in shown.anchors)
    assert "a-partie" in shown.anchors


@pytest.mark.parametrize(
    ("body", "still"),
    [
        ("Texte.", True),
        ("[y](https://autre.example/)", True),
        ("[y](https://autre.example/) [x](b.md)", False),
        ("![x](https://autre.example/x.png)", False),
    ],
)
def test_a_text_is_the_same_on_every_page_where_nothing_in_it_is_the_site_s(
    body: str, *, still: bool
) -> None:
    assert _shown(body).entry.still is still
