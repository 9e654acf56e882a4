"""Front matter: every container, opened by python-frontmatter, and mistakes mended."""

from __future__ import annotations

import re
import time

import frontmatter as python_frontmatter
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsfeed.content import frontmatter
from newsfeed.content.frontmatter import Broken, quoted
from newsfeed.content.frontmatter.handlers import HANDLERS
from newsfeed.content.frontmatter.yaml_handler import YamlHandler
from newsfeed.content.frontmatter.yaml_parser import parse, spans

YAML = "---\ntitle: Octobre rose\ndate: 2026-10-01\n---\nTexte.\n"


@pytest.mark.parametrize(
    ("text", "container"),
    [
        (YAML, "yaml"),
        ("\n\n" + YAML, "yaml"),
        (YAML.replace("\n---\nT", "\n...\nT"), "yaml"),
        (YAML.replace("---", "-----"), "yaml"),
        ("+++\ntitle = 'Octobre rose'\ndate = 2026-10-01\n+++\nTexte.\n", "toml"),
        ('{\n"title": "Octobre rose", "date": "2026-10-01"\n}\nTexte.\n', "json"),
        ('"title": "Octobre rose",\n"date": "2026-10-01"\n;;;\nTexte.\n', "hexo"),
        (';;;\n"title": "Octobre rose",\n"date": "2026-10-01"\n;;;\nTexte.\n', "hexo"),
        ("Title: Octobre rose\nDate: 2026-10-01\n\nTexte.\n", "pelican"),
        ("title:: Octobre rose\ndate:: [[2026-10-01]]\n\nTexte.\n", "pelican"),
        ("title: Octobre rose\ndate: 2026-10-01\n---\nTexte.\n", "yaml"),
        ("<!--\n.. title: Octobre rose\n.. date: 2026-10-01\n-->\nTexte.\n", "pelican"),
    ],
)
def test_containers(text: str, container: str) -> None:
    """Each container gives the same texts, and the body begins after it."""
    block = frontmatter.read(text)
    assert block.container == container
    assert block.values == {"title": "Octobre rose", "date": "2026-10-01"}
    assert text[block.body_at :] == "Texte.\n"
    assert not block.faults
    handlers = (handler(text, len(text) - len(text.lstrip())) for handler in HANDLERS)
    handler = python_frontmatter.detect_format(text.lstrip(), handlers)
    assert handler is not None
    assert python_frontmatter.parse(text.lstrip(), handler=handler) == (block.values, "Texte.")
    rows = text.split("\n")
    assert "itle" in rows[block.lines["title"] - 1]
    assert "ate" in rows[block.lines["date"] - 1]


def test_html_page() -> None:
    """The title and meta elements of a whole HTML page are its front matter."""
    text = (
        '<!doctype html>\n<html lang="fr"><head>\n<title>Octobre &amp; rose</title>\n'
        '<meta name="date" content="2026-10-01"><meta property="article:tag" content="sein">'
        '<meta property="article:tag" content="rose">\n</head><body class="a">\n<p>Texte.</p>'
    )
    block = frontmatter.read(text, html=True)
    assert block.values == {
        "lang": "fr",
        "title": "Octobre & rose",
        "date": "2026-10-01",
        "tags": "sein, rose",
    }
    assert text[block.body_at :] == "\n<p>Texte.</p>"
    assert block.lines == {"lang": 2, "title": 3, "date": 4, "tags": 4}


@pytest.mark.parametrize("key", ["Date", "date", "Created", "Étiquettes", "Status"])
def test_the_properties_of_a_page_of_notion(key: str) -> None:
    """Its title is a heading above them; a paragraph that begins like one is text."""
    text = f"# Octobre rose\n\n{key}: 2026-10-01\nDe qui: Zoé\n\nTexte.\n"
    block = frontmatter.read(text)
    values = {"title": "Octobre rose", key.lower(): "2026-10-01", "de qui": "Zoé"}
    assert (block.values, text[block.body_at :]) == (values, "Texte.\n")
    assert block.lines == {"title": 1, key.lower(): 3, "de qui": 4}
    for prose in (f"# Titre\n\n{key}: demain,\net la suite.\n", "# Titre\n\nDit-on: demain.\n\nA"):
        assert not frontmatter.read(prose).values


@pytest.mark.parametrize(
    "text", ["", "Texte.", "# Titre\n\nTexte.", "---\n\nTexte sous un filet.\n", "Note: rien.\n"]
)
def test_no_front_matter(text: str) -> None:
    """A text without front matter is all body."""
    block = frontmatter.read(text)
    assert (block.values, block.body_at, block.faults) == ({}, 0, ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026", "2026"), ("no", "no"), ("3:30", "3:30"), ("20260102", "20260102"), ("1e3", "1e3"),
        # Tags that change nothing: Jekyll's old posts have the first of them.
        ("! 'Rose : le mois'", "Rose : le mois"),
        ("! 'Deux\n  lignes'", "Deux lignes"), ("!!str 12", "12"), ("!!float 1.10", "1.10"),
    ],
)  # fmt: skip
def test_scalars_stay_text(written: str, meant: str) -> None:
    """A scalar means what was written, where YAML would make a number, a date or a truth of it."""
    assert frontmatter.read(f"---\ntitle: {written}\n---\n").values == {"title": meant}
    assert parse(f"title: {written}").values == {"title": meant}


def test_python_frontmatter_handler() -> None:
    """Our handler serves python-frontmatter itself, both ways."""
    metadata = {"title": "Cancer du sein : dépistage", "tags": ["a", "b: c"], "lang": "no"}
    post = python_frontmatter.Post("Texte.", handler=YamlHandler(""), **metadata)
    text = python_frontmatter.dumps(post, handler=YamlHandler(""))
    again, body = python_frontmatter.parse(text, handler=YamlHandler(text))
    assert (again, body) == (metadata, "Texte.")


_WORD = st.text(
    st.sampled_from("abcdéœ09 -_.,:;#'\"«»[]{}!?&*%@|>\\`~=/()\u00a0’ñ漢\t"), max_size=14
)
_KEYS = st.sampled_from(["title", "date", "tags", "last_update.date", "image-alt", "été", "a"])
_VALUES = st.one_of(
    _WORD,
    _WORD.map(lambda word: f'"{word}"'),
    _WORD.map(lambda word: f"'{word}'"),
    st.lists(_WORD, max_size=3).map(lambda words: f"[{', '.join(words)}]"),
    st.lists(_WORD, max_size=3).map(lambda words: "[" + ", ".join(f'"{w}"' for w in words) + "]"),
    st.lists(st.tuples(_KEYS, _WORD), max_size=3).map(
        lambda pairs: "{" + ", ".join(f"{key}: {word}" for key, word in pairs) + "}"
    ),
    st.lists(st.tuples(_KEYS, _WORD), max_size=2).map(
        lambda pairs: "[{" + "}, {".join(f"{key}: {word}" for key, word in pairs) + "}]"
    ),
)
_ROWS = st.one_of(
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"{pair[0]}: {pair[1]}"),
    _KEYS.map(lambda key: f"{key}:"),
    st.tuples(_KEYS, st.sampled_from([">-", "|-", ">", "|", ">+", "|2"])).map(
        lambda pair: f"{pair[0]}: {pair[1]}"
    ),
    _VALUES.map(lambda value: f"- {value}"),
    _VALUES.map(lambda value: f"  - {value}"),
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"  {pair[0]}: {pair[1]}"),
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"  - {pair[0]}: {pair[1]}"),
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"    {pair[0]}: {pair[1]}"),
    st.sampled_from(["", "  ", "# note", " # note", "  suite", "---x", "..."]),
    _WORD,
)


class _Texts(yaml.CBaseLoader):
    """PyYAML's own loader of texts, for which null is nothing."""


_Texts.add_implicit_resolver("null", re.compile("(?:~|null|Null|NULL)$"), list("~nN"))
_Texts.add_constructor("null", lambda loader, node: "")


@settings(max_examples=800, deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=7))
@example(rows=["title: {title: ~}"])
@example(rows=["title: ~"])
def test_yaml_means_what_pyyaml_says(rows: list[str]) -> None:
    """What is read is what PyYAML's own loader of texts gives, and each text stands at its place."""
    block = "\n".join(rows)
    try:
        parsed = parse(block)
    except Broken:
        return
    meant = yaml.load(block, Loader=_Texts) or {}
    written = yaml.load(block, Loader=yaml.CBaseLoader) or {}
    # A key's own null is told from an empty text by those who ask for the key.
    texts = {key: value for key, value in written.items() if isinstance(value, str)}
    assert parsed.values == meant | texts
    for path, span in spans(block).items():
        value = _at(parsed.values, path)
        written = block[span.value[0] : span.value[1]]
        if isinstance(value, str) and "\n" not in written + value:
            loader = yaml.CBaseLoader if len(path) == 1 else _Texts
            assert yaml.load(f"- {written}", Loader=loader) == [value]
    for key, row in parsed.rows.items():
        if key.isidentifier():
            assert key in block.split("\n")[row]


def _at(value: object, path: tuple[object, ...]) -> object:
    """Return what stands at ``path``, None where a key that is repeated holds another value by now."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


@pytest.mark.parametrize(
    ("front", "values"),
    [
        ("a = 1.10\nb = 007.5", {"a": "1.10", "b": "007.5"}),
        ("a = 1.10\nb = 1e3", {"a": "1.10", "b": "1e3"}),
        ("a = true\nb = 2026-01-02", {"a": "true", "b": "2026-01-02"}),
        ("a = 2026-01-02T10:00:00Z", {"a": "2026-01-02 10:00:00+00:00"}),
        ("a = [1, 'x']\n[b]\nc = {d = 'e'}", {"a": ["1", "x"], "b": {"c": {"d": "e"}}}),
        ("a = " + "9" * 5000, {"a": "9" * 5000}),
        ("a = 1\n" + "a." * 20000 + "b = 1", None),
    ],
    ids=lambda value: value[:18] if isinstance(value, str) else None,
)
def test_toml_scalars_stay_text(front: str, values: dict[str, object] | None) -> None:
    """A number of TOML keeps its digits; keys of a thousand parts are refused."""
    block = frontmatter.read(f"+++\n{front}\n+++\n")
    assert block.values == (values or {})
    assert block.broken == (values is None)


def test_json_scalars_stay_text() -> None:
    """A number of JSON keeps its digits, however many."""
    block = frontmatter.read('{"a": 1.10, "b": ' + "9" * 5000 + ', "c": [true, null]}')
    assert block.values == {"a": "1.10", "b": "9" * 5000, "c": ["true", ""]}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40).filter(str.isprintable))
def test_quoted_reads_back(text: str) -> None:
    """A quoted text reads back as itself."""
    assert parse(f"title: {quoted(text)}").values == {"title": text}


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [
        ("title: Cancer du sein : dépistage", "Cancer du sein : dépistage", "yaml-colon"),
        ("title: Cancer du sein\u00a0: dépistage", "Cancer du sein\u00a0: dépistage", "yaml-colon"),
        ("title: L'été #1", "L'été #1", "yaml-hash"),
        ("title: @soignants", "@soignants", "yaml-character"),
        ("title: %", "%", "yaml-character"),
        ("title: 10 % : oui", "10 % : oui", "yaml-colon"),
        ("title: *Important*", "*Important*", "yaml-character"),
        ("title: & vous", "& vous", "yaml-character"),
        ("title: !Attention", "!Attention", "yaml-character"),
        ("title: | le titre", "| le titre", "yaml-character"),
        ("title: > 50 ans", "> 50 ans", "yaml-character"),
        ("title: `code`", "`code`", "yaml-character"),
        ("title: [Dossier] La suite", "[Dossier] La suite", "yaml-character"),
        ("title: - un tiret", "- un tiret", "yaml-character"),
        ("title: 'L'été au soleil'", "L'été au soleil", "yaml-quotes"),
        ('title: "Le mot "cancer" fait peur"', 'Le mot "cancer" fait peur', "yaml-quotes"),
        ('title: "Bonjour" dit-elle', '"Bonjour" dit-elle', "yaml-quotes"),
        ('title: "Jamais fermé', "Jamais fermé", "yaml-quotes"),
        ("title: “Bien vivre : le guide”", "Bien vivre : le guide", "yaml-smart-quotes"),
        ("title: « Bien vivre » : le guide", "« Bien vivre » : le guide", "yaml-colon"),
        ("title:Octobre rose", "Octobre rose", "yaml-space"),
        ("title :\u00a0Octobre rose", "Octobre rose", "yaml-space"),
        ("title: Octobre : rose # à relire", "Octobre : rose", "yaml-colon"),
    ],
)
def test_french_is_mended(line: str, value: str, code: str) -> None:
    """A line that YAML refuses or cuts is read as it was meant, with a fix that makes it valid."""
    text = f"---\n{line}\ndate: 2026-10-01\n---\nTexte.\n"
    block = frontmatter.read(text)
    assert not block.broken
    assert block.values == {"title": value, "date": "2026-10-01"}
    assert [fault.code for fault in block.faults] == [code]
    said = dict(block.faults[0].values)
    assert said["key"] in line and said["better"] in _apply(text, block)
    assert said["character"] in line
    assert said["value"] in (value, "")
    mended = _apply(text, block)
    again = frontmatter.read(mended)
    assert (again.values, again.faults) == (block.values, ())
    assert mended.endswith("date: 2026-10-01\n---\nTexte.\n")
    assert ("# à relire" in mended) == ("# à relire" in line)


@pytest.mark.parametrize(
    ("text", "code", "tags"),
    [
        ("---\ntitle: T\ntags:\n\t- a\n\t- b\n---\nTexte.\n", "yaml-tab", ["a", "b"]),
        ("---\ntitle: T\n tags: [a, b]\n---\nTexte.\n", "yaml-indent", ["a", "b"]),
        ("---\ntitle: T\ntags: [a, b\n---\nTexte.\n", "yaml-bracket", ["a", "b"]),
        ("—\ntitle: T\ntags: [a, b]\n—\nTexte.\n", "frontmatter-fence", ["a", "b"]),
        ("--\ntitle: T\ntags: [a, b]\n--\nTexte.\n", "frontmatter-fence", ["a", "b"]),
        ("---\ntitle: T\ntags: [a, b]\n\nTexte.\n", "frontmatter-unclosed", ["a", "b"]),
        ("---\ntitle: T\ntags: [a, b]\nTexte.\n", "frontmatter-unclosed", ["a", "b"]),
        (
            "---\ntitle: T\ntags: [a, b]\n\nTexte.\n\n---\n\nFin.\n",
            "frontmatter-unclosed",
            ["a", "b"],
        ),
    ],
)
def test_blocks_are_mended(text: str, code: str, tags: list[str]) -> None:
    """Tabs, depths and fences that are wrong are read as they were meant, with a fix."""
    block = frontmatter.read(text)
    assert block.values == {"title": "T", "tags": tags}
    assert {fault.code for fault in block.faults} == {code}
    assert text[block.body_at :].lstrip().startswith("Texte.")
    again = frontmatter.read(_apply(text, block))
    assert (again.values, again.faults) == (block.values, ())


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("a: &a [x]\nb: [*a, *a]", "frontmatter-alias"),
        ("a: &a {x: y}\nb:\n  <<: *a", "frontmatter-alias"),
        ("a: &a [*a]", "frontmatter-alias"),
        ("a: " + "[" * 21 + "]" * 21, "frontmatter-depth"),
        ("a: " + "{a: " * 5000 + "}" * 5000, "frontmatter-depth"),
        ("a: " + "[" * 30000, "frontmatter-depth"),
        ("a: |\n" + "  text\n" * 12000, "frontmatter-size"),
        ("- a\n- b", "frontmatter-not-mapping"),
        ("title: a\n{b: c} d", "frontmatter-broken"),
        ("\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 60)), "frontmatter-alias"),
        ("? " * 20000, "frontmatter-broken"),
        (": " * 20000, "frontmatter-broken"),
        ("- " * 20000, "frontmatter-depth"),
        ("a: b: c\n" * 8000, "frontmatter-broken"),
        ("\n".join(" " * (i % 400) + "a:" for i in range(300)), "frontmatter-depth"),
    ],
    ids=lambda value: value[:18] if isinstance(value, str) else None,
)  # fmt: skip
def test_bombs(front: str, code: str) -> None:
    """What could multiply, nest or stall is refused in under 100 ms."""
    text = f"---\n{front}\n---\nTexte.\n"
    frontmatter.read("---\n- warm up\n---\n")
    # Processor time, the best of three: other processes of the machine do not count.
    assert min(_seconds(text) for _ in range(3)) < 0.1
    block = frontmatter.read(text)
    assert block.broken
    assert [fault.code for fault in block.faults] == [code]


@pytest.mark.parametrize(
    "front",
    ['a: "' + "\\" * 30001, "a: '" * 15000, "a: b: c\n" * 390, "a:\n" + "    - 'b\n" * 390],
    ids=lambda value: value[:18],
)
def test_slow_mending(front: str) -> None:
    """Mending is bounded too: 100 ms, whatever the block."""
    assert min(_seconds(f"---\n{front}\n---\nTexte.\n") for _ in range(3)) < 0.1


def _seconds(text: str) -> float:
    start = time.process_time()
    frontmatter.read(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("+++\ntitle = [Octobre\n+++\n", "frontmatter-toml"),
        ("+++\na = " + "[" * 30000 + "\n+++\n", "frontmatter-depth"),
        ("+++\ntitle = 'T'\n", "frontmatter-unclosed"),
        ("--- toml\ntitle = 'T'\n", "frontmatter-unclosed"),
        ('--- json\n{"a": 1}\n', "frontmatter-unclosed"),
        (';;;\n"a": 1\n', "frontmatter-unclosed"),
        ('{"title": Octobre}\n', "frontmatter-json"),
        ('{"a": ' + "[" * 30000, "frontmatter-depth"),
        ('{"a": "' + "x" * 70000 + '"}', "frontmatter-size"),
        ("+++\na = '" + "x" * 70000 + "'\n+++\n", "frontmatter-size"),
        ("--- toml\na = '" + "x" * 70000 + "'\n---\n", "frontmatter-size"),
        ('"a": "' + "x" * 70000 + '"\n;;;\n', "frontmatter-size"),
        ("Title: A\nDate: 2026-01-02\nSummary: " + "x" * 70000 + "\n", "frontmatter-size"),
        ("---\na: " + "x" * 70000 + "\n---\n", "frontmatter-size"),
        ('"title": Octobre\n;;;\n', "frontmatter-json"),
    ],
    ids=lambda value: value[:18],
)
def test_broken_containers(text: str, code: str) -> None:
    """A container that cannot be read is a fault, in under 100 ms."""
    # Processor time, the best of three: other processes of the machine do not count.
    assert min(_seconds(text) for _ in range(3)) < 0.1
    block = frontmatter.read(text)
    assert block.broken
    assert [fault.code for fault in block.faults] == [code]
    limit = {"frontmatter-size": "64", "frontmatter-depth": "20"}.get(code)
    assert dict(block.faults[0].values).get("limit") == limit
    fence = text[:3] if code == "frontmatter-unclosed" else None
    assert dict(block.faults[0].values).get("fence") == fence


def test_repeated_key() -> None:
    """A key that is written twice is said where it is repeated; the last one counts."""
    block = frontmatter.read("---\ntitle: Un\ntitle: Deux\n---\n")
    assert block.values == {"title": "Deux"}
    assert [(fault.code, fault.at) for fault in block.faults] == [("key-repeated", 14)]


def test_spans() -> None:
    """The place of every key and value of a YAML block is known."""
    text = "---\nlinks:\n  - {text: Lire, url: 'a.pdf'}\n---\n"
    spans = frontmatter.spans(text, frontmatter.read(text))
    span = spans["links", 0, "url"]
    assert text[span.key[0] : span.key[1]] == "url"
    assert text[span.value[0] : span.value[1]] == "'a.pdf'"


@settings(max_examples=400, deadline=None)
@given(st.lists(_ROWS, max_size=8), st.sampled_from(["---", "+++", ";;;", "", "—", "{"]))
def test_anything_is_read(rows: list[str], fence: str) -> None:
    """Nothing that stands at the top of a file raises, and a body's index is inside the text."""
    text = "\n".join([fence, *rows, fence, "Texte."])
    block = frontmatter.read(text)
    assert 0 <= block.body_at <= len(text)


def _apply(text: str, block: frontmatter.Block) -> str:
    edits = sorted({edit for fault in block.faults for edit in fault.edits}, reverse=True)
    for start, end, new in edits:
        text = text[:start] + new + text[end:]
    return text
