"""The benchmark compares the same work, made the same way every time."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.command import ROOT, SETTINGS

from newsfeed.config import parse
from newsfeed.content.reading import read_article


@pytest.fixture(scope="module")
def bench() -> dict[str, ModuleType]:
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import corpus
        import measure
        import report
        import sites
    finally:
        sys.path.remove(str(ROOT / "bench"))
    return {"corpus": corpus, "measure": measure, "report": report, "sites": sites}


def test_the_corpus_is_seeded_and_clean(bench: dict[str, ModuleType]) -> None:
    """The same articles every time, of some 3 KB and ten fields, which newsfeed reads without a word."""
    corpus = bench["corpus"]
    articles = list(corpus.articles(300))
    assert articles == list(corpus.articles(300))
    assert articles[:100] == list(corpus.articles(100))
    assert len({article.path for article in articles}) == 300
    assert all(2_500 < len(article.text.encode()) < 6_000 for article in articles)
    config = parse(SETTINGS)
    for article in articles:
        read = read_article(f"items/{article.path}", article.text.encode(), config)
        assert read.item is not None
        assert read.problems == ()
        assert len(read.item.lines) + 1 >= 10
    assert corpus.edited(articles[0].text, 1) != corpus.edited(articles[0].text, 2)


def test_every_tool_gets_the_same_articles(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tool has a site of its own with as many articles, and the newest one is edited."""
    sites = bench["sites"]
    monkeypatch.setattr(sites, "BENCH", tmp_path)
    for name, tool in sites.tools("pages").items():
        site = sites.lay_out(tool, "pages", 20, tmp_path / "memory")
        files = sorted((site.folder / tool.items).rglob("*.md"))
        assert len(files) == 20, name
        before = {path: path.read_text("utf-8") for path in files}
        site.edit(1)
        changed = [path for path in files if path.read_text("utf-8") != before[path]]
        assert [path.name for path in changed] == [Path(site.edited).name]
        (site.out / "left.html").write_text("")
        site.forget()
        assert not list(site.out.iterdir())


def test_a_run_is_measured(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    """Wall time, CPU time and memory of a command, its children with it; a failure is one."""
    measure = bench["measure"]
    script = "data = bytearray(80_000_000); sum(range(10**6))"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {script!r}])"]  # fmt: skip
    cost = measure.run(command, cwd=tmp_path, watch_memory=True)
    assert cost.wall > 0.02
    assert cost.cpu > 0.02
    assert cost.memory > 80_000_000
    with pytest.raises(measure.RunFailed):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path)


def test_ratios_are_of_runs_made_in_turn(bench: dict[str, ModuleType]) -> None:
    """A ratio is the median of the ratios of each turn, and stands in the page's table."""
    measure, report = bench["measure"], bench["report"]

    def costs(*walls: float) -> list[object]:
        return [measure.Cost(wall=wall, cpu=wall, memory=0) for wall in walls]

    found = {"newsfeed": costs(1, 2, 9), "hugo": costs(2, 8, 9)}
    row = report.Row.of("feeds", 10_000, "cold", found, {"newsfeed": 1_000_000, "hugo": 5_000_000})
    assert [line.ratio for line in row.lines] == [1, 0.5]
    assert "| hugo | 8.000 | 8.000 | 5 | 0.500 × | 0.500 × | 0.200 × |" in report.table([row])
    results = {
        "runs": 3,
        "machine": {"kernel": "Linux"},
        "rows": [{"work": "feeds", "count": 1, "change": "", "lines": []}],
    }
    page = report.document("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n", results)
    assert "old" not in page
    assert page.startswith("before\n")
    assert page.endswith("after\n")
