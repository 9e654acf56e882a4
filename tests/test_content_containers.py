"""Front matter of every tool: `data/containers.toml` says what each means, where, and what mends it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsfeed.content import frontmatter

DATA = tomllib.loads((Path(__file__).parent / "data" / "containers.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["text"], ids=lambda case: case["text"][:24])
def test_what_a_text_begins_with(case: dict[str, Any]) -> None:
    """Its values as texts, the lines of its keys, its body; what is mended is read so from then on."""
    text, html = case["text"], case.get("html", False)
    block = frontmatter.read(text, html=html)
    assert block.container == case["container"]
    assert block.values == case.get("values", {})
    assert block.lines == case.get("lines", {})
    assert text[block.body_at :] == case["body"]
    assert block.broken == case.get("broken", False)
    if "inside" in case:
        assert text[block.start : block.end] == case["inside"]
    assert [_said(text, fault) for fault in block.faults] == case.get("said", [])
    mended = text
    for start, end, new in sorted({each for fault in block.faults for each in fault.edits})[::-1]:
        mended = mended[:start] + new + mended[end:]
    assert mended == case.get("mended", text)
    if "mended" in case:
        again = frontmatter.read(mended, html=html)
        assert again.values == block.values
        assert mended[again.body_at :].lstrip("\n") == case["body"].lstrip("\n")
    for fault in block.faults:
        _assert_true(fault, block, text, mended)


def _assert_true(
    fault: frontmatter.Fault, block: frontmatter.Block, text: str, mended: str
) -> None:
    """What a fault says stands in its line, and what it says to write is what mends it."""
    values = dict(fault.values)
    row = text[text.rfind("\n", 0, fault.at) + 1 :].partition("\n")[0]
    assert values.get("character", "") in row
    assert values.get("key", "") in row
    assert values.get("fence", "") in text or fault.code == "frontmatter-unclosed"
    if fault.edits:
        better = values.get("better", "").strip("… ")
        assert better in mended
        if fault.code == "frontmatter-json":
            written = [each.strip() for each in mended.split("\n")]
            assert better in written or any(each.startswith(better) for each in written)
            assert better.endswith(",") == (fault.edits[0][2] == ",")
        read, said = block.values.get(values.get("key", "")), values.get("value")
        assert read == said or not (said and isinstance(read, str))


def _said(text: str, fault: frontmatter.Fault) -> str:
    before = text[: fault.at]
    return f"{fault.code} {before.count(chr(10)) + 1}:{fault.at - before.rfind(chr(10))}"


def test_a_comment_without_end_in_sight_is_none() -> None:
    """Nor one of more than 64 KB: front matter is small."""
    head = "<!--\n.. title: A\n"
    assert frontmatter.read(f"{head}{'x' * 60_000}\n-->\nB").values == {"title": "A"}
    assert frontmatter.read(f"{head}{'x' * 70_000}\n-->\nB").container == ""


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            "```markdown\n---\ntitle: A\n---\n\n```sh\nls\n```\nB\n```\n",
            "---\ntitle: A\n---\n\n```sh\nls\n```\nB\n\n",
        ),
        ("~~~\n+++\ntitle = 'A'\n+++\nB\n~~~\n", "+++\ntitle = 'A'\n+++\nB\n\n"),
        ("```yaml\n---\ntitle: A\n---\n```\nB ```c```\n", "---\ntitle: A\n---\n\nB ```c```\n"),
        ("```md\n---\ntitle: A\n---\nB\n", "---\ntitle: A\n---\nB\n"),
    ],
)
def test_front_matter_in_code_is_taken_out_of_it(text: str, mended: str) -> None:
    """Nothing of it is read meanwhile; one edit takes each fence away."""
    block = frontmatter.read(text)
    assert block.broken
    [fault] = block.faults
    assert fault.code == "frontmatter-in-code"
    for start, end, new in sorted(fault.edits, reverse=True):
        text = text[:start] + new + text[end:]
    assert text == mended
    assert frontmatter.read(text).values == {"title": "A"}


OPENERS = (
    "title titre date subject slug author authors category tags layout summary lang status modified"
    " description draft permalink categories private published visibility unlisted hidden"
)


@pytest.mark.parametrize("word", OPENERS.split())
def test_a_key_that_begins_an_article_without_a_fence(word: str) -> None:
    """Hexo leaves the first fence out, Pelican both: such a word tells front matter from prose."""
    for key, gap in ((word, ""), (word.title(), " "), (word.upper(), "\t"), (word, "\xa0")):
        hexo = frontmatter.read(f"{key}{gap}: A\n---\nB")
        assert [each.strip() for each in hexo.values] == ([] if gap == "\t" else [key])
        pelican = frontmatter.read(f"{key}{gap}: A\n\nB")
        assert pelican.values == ({} if gap == "\xa0" else {word: "A"})
    assert frontmatter.read(f"{word}s-x: A\n---\nB").container == ""


FENCES = {
    **{fence: fence for fence in ("-", "--", "–", "—", "−", "–—", "-–-", "***", "******", "===", "___", "~~~", "```", "```yaml", "```yml")},
    **dict.fromkeys(("**", "*******", "==", "__", "~~", "``", "````", "```toml", "----------x", "+", "– –"), ""),
}  # fmt: skip


@pytest.mark.parametrize("fence", FENCES)
def test_what_is_meant_for_a_fence(fence: str) -> None:
    """One or several dashes of any kind, or what others draw rules with; and both are mended."""
    for gap in ("", " ", "\t"):
        block = frontmatter.read(f"{gap}{fence}{gap}\ntitle: A\n---\nB")
        assert block.values == ({"title": "A"} if FENCES[fence] else {}), gap
        assert [each.code for each in block.faults] == (
            ["frontmatter-fence"] if FENCES[fence] else []
        )


CLOSERS = {
    **dict.fromkeys(("--", "–", "—", "−", "—-", "-—", "--–", "----", "***", "****", "===", "___", "~~~", "```"), True),
    **dict.fromkeys(("-", "**", "==", "__", "~~", "``", "````", "* * *", "--x"), False),
}  # fmt: skip


@pytest.mark.parametrize("fence", CLOSERS)
def test_what_is_meant_to_close(fence: str) -> None:
    for gap in ("", " ", "\t") if CLOSERS[fence] else ("",):
        text = f"---\ntitle: A\n{gap}{fence}{gap}\nB"
        block = frontmatter.read(text)
        assert block.values == {"title": "A"}
        assert text[block.body_at :] == ("B" if CLOSERS[fence] else f"{fence}\nB"), gap


def test_a_dozen_commas_are_too_many() -> None:
    """What is mended is a slip or two, and no text of another language."""
    for count, broken in ((11, False), (12, True)):
        block = frontmatter.read('{"a": [' + "[1,]," * count + "1]}\nB")
        assert block.broken == broken
        assert len(block.faults) == (1 if broken else count)


def test_how_deep_lists_go() -> None:
    """As deep as 20 of them, the front matter among them, in every language."""
    few, many = "---\na: {}\n---\nB", "---\n" + "# ,[-?\n" * 120 + "a: {}\n---\nB"
    for text in (few, many, "+++\na = {}\n+++\nB", '{{"a": {}}}\nB'):
        for deep in (19, 20):
            block = frontmatter.read(text.format("[" * deep + "]" * deep))
            assert block.broken == (deep > 19)
            assert [each.code for each in block.faults] == ["frontmatter-depth"] * block.broken


def test_how_many_lists_there_are_side_by_side() -> None:
    """Is nobody's concern, however many: depth alone has a bound."""
    links = "".join(f"  - {{ text: Lien {n}, url: a{n}.pdf }}\n" for n in range(200))
    block = frontmatter.read(f"---\ntitle: A\nlinks:\n{links}---\nB")
    assert (block.faults, len(block.values["links"])) == ((), 200)
    assert block.values["links"][-1] == {"text": "Lien 199", "url": "a199.pdf"}
    broken = frontmatter.read(f"---\nlinks:\n{links}{{\n---\nB")
    assert [each.code for each in broken.faults] == ["frontmatter-broken"]


HEAD_NAMES = {
    "date": "date article:published_time dc.date dc.date.issued dcterms.date dcterms.issued dcterms.created",
    "updated": "article:modified_time dcterms.modified",
    "tags": "article:tag", "category": "article:section", "image": "og:image",
    "description": "description og:description dc.description dcterms.description",
    "author": "author dc.creator dcterms.creator",
}  # fmt: skip


@pytest.mark.parametrize("key", HEAD_NAMES)
def test_a_page_s_head_gives_what_its_names_mean(key: str) -> None:
    """Of Open Graph and Dublin Core, in any case, with either attribute; the first one counts."""
    for name in HEAD_NAMES[key].split():
        for attribute, written in (("name", name.upper()), ("property", name)):
            metas = "".join(f"<meta {attribute}='{written}' content='{n}'>\n" for n in (1, 2))
            block = frontmatter.read(f"<head>\n{metas}</head><body>B", html=True)
            assert block.values == {key: "1, 2" if key == "tags" else "1"}, name
            assert block.lines == {key: 2}


@pytest.mark.parametrize(
    ("mark", "values"),
    [
        ("<link rel='Canonical' href='https://a.example/'>", {"canonical_url": "https://a.example/"}),
        ("<link rel='stylesheet' href='a.css'><link rel=canonical>", {}),
        ("<title> A\n &amp; <b>B</b> </title>", {"title": "A & B"}),
        ("<meta name='x-own' content=' y  z '><meta charset=utf-8><meta name=empty content=''>", {"x-own": "y z"}),
        ("</head><body><time class='dt-published' datetime='2026-01-02'>", {"date": "2026-01-02"}),
        ("</head><body><time datetime=2026-01-02 pubdate>", {"date": "2026-01-02"}),
        ("</head><body><time itemprop='datePublished' datetime='2026-01-02'>", {"date": "2026-01-02"}),
        ("</head><body><time datetime='2026-01-02'>", {}),
        ("<script>{\"datePublished\": \"2026-01-02\"}</script>", {"date": "2026-01-02"}),
        ("<meta name=date content=2026-01-01><script>{\"datePublished\": \"2026-01-02\"}</script>", {"date": "2026-01-01"}),
    ],
)  # fmt: skip
def test_a_page_s_head_gives_what_it_marks(mark: str, values: dict[str, str]) -> None:
    assert frontmatter.read(f"<head>{mark}</head><body>B", html=True).values == values


TEXT_KEYS = (
    "title titre subtitle summary description excerpt abstract subject name text alt place credit"
    " source category section caption Title sumary"
)


@pytest.mark.parametrize("key", [*TEXT_KEYS.split(), "weight", "url"])
def test_a_hashtag_is_no_comment_in_what_is_a_text(key: str) -> None:
    block = frontmatter.read(f"---\n{key}: A #b\n---\nB")
    kept = key not in ("weight", "url")
    assert block.values == {key: "A #b" if kept else "A"}
    assert [each.code for each in block.faults] == ["yaml-hash"] * kept
