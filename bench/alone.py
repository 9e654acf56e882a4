"""What is measured beside whole sites: start-up, the floor, and one letter."""

from __future__ import annotations

import os
import time
from pathlib import Path

import corpus
import sites
from measure import Cost, run
from report import Row

PYTHON = sites.NEWSFEED / "bin/python"
NEWSFEED = sites.NEWSFEED / "bin/newsfeed"
BIN = sites.NODE / "node_modules/.bin"


def startup(runs: int) -> Row:
    """Return what ``newsfeed --version`` costs beside an interpreter that does nothing."""
    commands = {
        "newsfeed --version": [NEWSFEED, "--version"],
        "newsfeed --help": [NEWSFEED, "--help"],
        "python -c pass": [PYTHON, "-c", "pass"],
    }
    return _turns("startup", 0, commands, runs, sites.BENCH, base="newsfeed --version")


def floor(count: int, runs: int) -> Row:
    """Return what it takes to list ``count`` files, and to list and read them, in Python."""
    site = sites.lay_out(sites.tools("feeds")["newsfeed"], "feeds", count, sites.BENCH / "floor")
    costs: dict[str, list[Cost]] = {"scan": [], "scan and read": []}
    for _ in range(runs):
        for name, found in costs.items():
            start, busy = time.perf_counter(), time.process_time()
            _scan(str(site.folder / "items"), reading=name != "scan")
            wall, cpu = time.perf_counter() - start, time.process_time() - busy
            found.append(Cost(wall=wall, cpu=cpu, memory=0))
    return Row.of("floor", count, "in one process", costs, {}, base="scan", corpus="plain")


def letter(count: int, runs: int, memory: Path) -> Row:
    """Return what one letter of ``count`` articles costs, beside MJML and juice."""
    folder = memory / f"letter-{count}"
    corpus.write(folder / "items", count)
    (folder / "newsfeed.toml").write_text(
        (sites.HERE / "peers/newsfeed/letter.toml").read_text("utf-8"), encoding="utf-8"
    )
    articles = [shown(article.text) for article in corpus.articles(count)]
    (folder / "in.mjml").write_text(_mjml(articles), encoding="utf-8")
    (folder / "in.html").write_text(_html(articles), encoding="utf-8")
    commands = {
        "newsfeed digest": [NEWSFEED, "-q", "digest", "--last", str(count), "-o", "out"],
        "mjml": [BIN / "mjml", "in.mjml", "-o", "mjml.html", "--config.validationLevel=skip"],
        "juice": [BIN / "juice", "in.html", "juice.html"],
    }
    return _turns("letter", count, commands, runs, folder, base="newsfeed digest")


def _turns(
    work: str, count: int, commands: dict[str, list[str | Path]], runs: int, cwd: Path, *, base: str
) -> Row:
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    peaks: dict[str, int] = {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            cost = run([*command], cwd=cwd)
            peaks[name] = max(peaks.get(name, 0), cost.memory)
            if turn:
                costs[name].append(cost)
    return Row.of(work, count, "", costs, peaks, base=base)


def _scan(folder: str, *, reading: bool) -> int:
    total = 0
    for found in os.scandir(folder):
        if found.is_dir(follow_symlinks=False):
            total += _scan(found.path, reading=reading)
        elif reading:
            descriptor = os.open(found.path, os.O_RDONLY)
            total += len(os.read(descriptor, found.stat().st_size + 1))
            os.close(descriptor)
        else:
            total += found.stat().st_size
    return total


def shown(text: str) -> tuple[str, str, str]:
    """Return an article's title, summary and address, as a letter shows them."""
    fields = dict(line.split(": ", 1) for line in text.split("---")[1].splitlines() if ": " in line)
    words = text.split("\n---\n")[1].strip().split("\n\n")[0]
    slug = fields["slug"]
    return fields["title"].strip("\"'"), words, f"https://www.example.org/items/{slug}.html"


def _mjml(articles: list[tuple[str, str, str]]) -> str:
    sections = "".join(
        f'<mj-section><mj-column><mj-text css-class="title"><h2>{title}</h2></mj-text>'
        f"<mj-text>{words}</mj-text>"
        f'<mj-button href="{url}">Lire la suite</mj-button></mj-column></mj-section>'
        for title, words, url in articles
    )
    return (
        '<mjml lang="fr"><mj-head><mj-title>La lettre</mj-title><mj-preview>Ce mois-ci</mj-preview>'
        '<mj-attributes><mj-text font-size="16px" line-height="1.5"/></mj-attributes>'
        "<mj-style>h2 { font-size: 20px; color: #0f4c5c; }</mj-style></mj-head>"
        f"<mj-body>{sections}</mj-body></mjml>"
    )


def _html(articles: list[tuple[str, str, str]]) -> str:
    sections = "".join(
        f'<table class="item" role="presentation"><tr><td><h2>{title}</h2><p>{words}</p>'
        f'<p class="more"><a href="{url}">Lire la suite</a></p></td></tr></table>'
        for title, words, url in articles
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>La lettre</title><style>'
        "body { margin: 0; font-family: Arial, sans-serif; } .item { width: 600px; }"
        "h2 { font-size: 20px; color: #0f4c5c; } p { font-size: 16px; line-height: 1.5; }"
        ".more a { background: #0f4c5c; color: #fff; padding: 12px; text-decoration: none; }"
        f"</style></head><body>{sections}</body></html>"
    )
