"""How many gaps mail programs have for a letter of newsfeed's, and for one of the same kind by MJML.

Both have a masthead with a logo, a lead with its picture, six articles in pairs, an event with its
day, and a footer; the words, pictures and addresses are the same. The gaps of both are counted in
the same way, over the same programs: `newsfeed.newsletter.support`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import alone
import corpus
import sites
from measure import run

COUNT = 8
_LOGO = sites.ROOT / "static/logo.png"
_BASE = "https://www.example.org/"
DIGEST = ("digest", "--last", str(COUNT), "--now", "2027-01-04", "-o", "out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The letter of a tool: ``gaps`` of a feature in one of ``clients``; ``size`` of its HTML in bytes."""

    tool: str
    gaps: int
    clients: int
    date: str
    size: int


def letters(memory: Path) -> tuple[Gaps, Gaps]:
    """Return the gaps of both letters, newsfeed's first."""
    folder = memory / "gaps"
    articles = list(corpus.articles(COUNT))
    lay_out(folder, [article.text for article in articles])
    (folder / "in.mjml").write_text(mjml([_told(each.text) for each in articles]), "utf-8")
    run([alone.NEWSFEED, "-q", *DIGEST], cwd=folder)
    run([alone.BIN / "mjml", "in.mjml", "-o", "mjml.html"], cwd=folder)
    own = folder / "out/newsletter/latest/letter.html"
    return _counted("newsfeed", own), _counted("mjml", folder / "mjml.html")


def table(found: Sequence[Gaps]) -> str:
    """Return the gaps as a Markdown table."""
    clients, date = found[0].clients, found[0].date
    rows = [
        f"| letter of {COUNT} articles with pictures | gaps in {clients} mail programs | HTML, kB |",
        "|---|---:|---:|",
        *(f"| {each.tool} | {each.gaps} | {each.size / 1e3:.1f} |" for each in found),
    ]
    return "\n".join([*rows, "", f"Can I email, {date}."])


def _counted(tool: str, place: Path) -> Gaps:
    from newsfeed.newsletter.support import support

    html = place.read_bytes()
    counted = support(html)
    return Gaps(
        tool=tool, gaps=counted.pairs, clients=counted.clients, date=counted.date, size=len(html)
    )


def lay_out(folder: Path, texts: list[str]) -> None:
    """Write newsfeed's site: the articles with a picture each, the last one an event."""
    from PIL import Image

    (folder / "items").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "static/logo.png").write_bytes(_LOGO.read_bytes())
    settings = (sites.HERE / "peers/newsfeed/letter.toml").read_text("utf-8")
    settings = settings.replace("[site]", '[site]\nlogo = "static/logo.png"')
    (folder / "newsfeed.toml").write_text(settings, "utf-8")
    for number, text in enumerate(texts):
        Image.linear_gradient("L").resize((1280, 800)).save(folder / f"items/{number}.jpg")
        head = f"---\nimage: {{src: {number}.jpg, alt: Une vue}}\n"
        if number == COUNT - 1:
            head += "event: {start: 2027-01-14 18:00, place: Marseille}\n"
        (folder / f"items/{number}.md").write_text(text.replace("---\n", head, 1), "utf-8")


def _told(text: str) -> tuple[str, str, str]:
    """Return an article's title, what newsfeed says of it, and its address."""
    title, _, url = alone.shown(text)
    (words,) = re.findall(r'^description: "?(.*?)"?$', text, re.M)
    return title, words, url


def mjml(articles: list[tuple[str, str, str]]) -> str:
    """Return the letter as one writes it for MJML, of (title, words, address), the oldest first."""
    event, lead, *others = reversed(articles)
    columns = [_column(len(others) - at, article) for at, article in enumerate(others, 1)]
    pairs = [columns[at : at + 2] for at in range(0, len(columns), 2)]
    return f"""<mjml lang="fr"><mj-head><mj-title>La lettre</mj-title><mj-preview>Ce mois-ci</mj-preview>
<mj-attributes><mj-all font-family="Arial, sans-serif"/><mj-text font-size="16px" line-height="1.5"/>
<mj-button background-color="#0f4c5c" color="#ffffff"/></mj-attributes></mj-head>
<mj-body width="640px">
<mj-section background-color="#0f4c5c"><mj-column width="25%"><mj-image src="{_BASE}logo.png"
 alt="Le réseau" width="64px"/></mj-column><mj-column width="75%"><mj-text color="#ffffff"
 font-size="24px"><h1>La lettre</h1></mj-text></mj-column></mj-section>
<mj-section><mj-column><mj-image src="{_BASE}{len(others)}.jpg" alt="Une vue" href="{lead[2]}"/>
<mj-text><h2>{lead[0]}</h2><p>{lead[1]}</p></mj-text>
<mj-button href="{lead[2]}">Lire la suite</mj-button></mj-column></mj-section>
{"".join(f"<mj-section>{''.join(pair)}</mj-section>" for pair in pairs)}
<mj-section><mj-column width="20%"><mj-text align="center">14 janv.</mj-text></mj-column>
<mj-column width="80%"><mj-text><h3><a href="{event[2]}">{event[0]}</a></h3>18 h, Marseille</mj-text>
</mj-column></mj-section>
<mj-section><mj-column><mj-divider border-width="1px"/><mj-text font-size="13px">Le réseau, 12 rue de
 l’Exemple, 13000 Marseille<br/><a href="{_BASE}desabonnement">Se désabonner</a> ·
 <a href="mailto:lettre@example.org">Nous écrire</a></mj-text></mj-column></mj-section>
</mj-body></mjml>"""


def _column(number: int, article: tuple[str, str, str]) -> str:
    title, words, url = article
    return (
        f'<mj-column><mj-image src="{_BASE}{number}.jpg" alt="Une vue" href="{url}"/>'
        f'<mj-text><h3><a href="{url}">{title}</a></h3><p>{words}</p></mj-text></mj-column>'
    )
