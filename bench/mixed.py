"""A seeded corpus in the forms and proportions of real sites: the shortcut for one form gains little.

Article ``number`` depends on its number alone. The shares are those of some public sites' folders of
articles (a government's blog, a programming language's, bloggers' of Jekyll, Hugo and Pelican):
most articles have few fields, and each has another choice of them; every field of docs/articles.md
occurs, in each language of front matter. Bodies are log-normal, of 0.5 to 40 KB.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

import corpus
from corpus import Article

Language = Literal["yaml", "toml", "json", "hexo", "pelican", "none"]

LANGUAGES: dict[Language, float] = {"yaml": 0.68, "toml": 0.14, "pelican": 0.09, "json": 0.05, "hexo": 0.02, "none": 0.02}  # fmt: skip
MEDIAN = 3_200
SPREAD = 0.9
SMALLEST, LARGEST = 500, 40_000
HTML = ('<div class="encadre">\n<p>{}</p>\n</div>', '<p style="text-align: center">{}</p>', "<blockquote><p>{}</p></blockquote>", '<details><summary>Voir aussi</summary>\n<p>{}</p>\n</details>', '<figure><img src="https://images.example.org/{n}.jpg" alt="Une figure" width="600"><figcaption>{}</figcaption></figure>', '<p>{} <a href="https://sante.example.org/{n}" target="_blank" rel="noopener">Lire la suite</a>.<br>\n<em>La rédaction</em></p>')  # fmt: skip
CODE = ("def moyenne(valeurs):\n    total = sum(valeurs)\n    return total / len(valeurs)", "for (const ligne of lignes) {\n  console.log(`${ligne.nom}: ${ligne.taux} %`);\n}", "SELECT commune, count(*)\nFROM depistages\nWHERE annee = 2024\nGROUP BY commune;", "$ curl -s https://data.example.org/v1/centres | jq '.[].nom'", "<article class=\"fiche\">\n  <h1>Titre</h1>\n</article>", "let total: u64 = lignes.iter().map(|ligne| ligne.cas).sum();")  # fmt: skip
NAMES = ("python", "js", "sql", "sh", "html", "rust", "")


def articles(count: int, dialect: corpus.Dialect = "yaml") -> Iterator[Article]:
    """Yield the articles 0 to ``count`` - 1; the one form of each is for every tool."""
    del dialect
    for number in range(count):
        yield article(number)


def article(number: int) -> Article:
    """Return the article with this number."""
    chance = random.Random(f"mixed {number}")
    language = _one_of(chance, LANGUAGES)
    date = _date(number)
    fields = _fields(number, date, chance)
    body = _body(number, chance)
    if language == "none":
        body = f"# {fields['title']}\n\n{body}"
        return Article(_path(number, dated=True), body)
    if language == "pelican":
        return Article(_path(number), f"{_pelican(fields)}\n{body}")
    return Article(_path(number), f"{_WRITERS[language](fields, chance)}\n{body}")


def _one_of(chance: random.Random, shares: dict[Language, float]) -> Language:
    return chance.choices(list(shares), list(shares.values()))[0]


def _date(number: int) -> datetime:
    month = number * 7 % corpus.MONTHS
    first = corpus.FIRST.replace(year=corpus.FIRST.year + month // 12, month=month % 12 + 1)
    slot = number // corpus.MONTHS * 7919 % corpus.MINUTES
    return first + timedelta(days=slot // 600, minutes=slot % 600)


def _path(number: int, *, dated: bool = False) -> str:
    """Return where an article lies: by month, by year with the day in its name, or in a folder."""
    date = _date(number)
    kind = random.Random(f"path {number}").random()
    if dated or kind < 0.3:
        return f"{date:%Y}/{date:%Y-%m-%d}-actualite-{number:06}.md"
    if kind < 0.4:
        return f"{date:%Y}/actualite-{number:06}/index.md"
    return f"{date:%Y/%m}/actualite-{number:06}.md"


def _fields(number: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    """Return an article's fields by the keys that it has for them."""
    title = _title(number, chance)
    fields: dict[str, Any] = {"title": title}
    key = chance.choices(("date", "publishDate", "pubDate", "created"), (92, 3, 3, 2))[0]
    form = chance.choices(("%Y-%m-%dT%H:%M:%S+01:00", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"), (40, 30, 15, 15))[0]  # fmt: skip
    fields[key] = date.strftime(form)
    for make, share in _FIELDS:
        if chance.random() < share:
            fields.update(make(number, date, chance))
    rest = list(fields.items())
    chance.shuffle(rest)
    return dict(rest) if chance.random() < 0.3 else fields


def _title(number: int, chance: random.Random) -> str:
    words = f"{chance.choice(corpus.SUBJECTS)} {chance.choice(corpus.VERBS)} {chance.choice(corpus.OBJECTS)}"  # fmt: skip
    words = words[0].upper() + words[1:]
    kind = chance.random()
    if kind < 0.2:
        words = f"{chance.choice(corpus.CATEGORIES)} : {words[0].lower()}{words[1:]}"
    elif kind < 0.27:
        words = f'{words}, "{chance.choice(corpus.ENDINGS)}"'
    elif kind < 0.3:
        words = f"{words} \\ l'essentiel & plus"
    return f"{words} ({number})"


def _updated(_: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    key = chance.choices(("lastmod", "updated", "modified"), (5, 3, 2))[0]
    return {key: (date + timedelta(days=chance.randrange(1, 60))).strftime("%Y-%m-%d")}


def _summary(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    key = chance.choices(("description", "summary", "excerpt"), (6, 3, 1))[0]
    found = chance.choice(corpus.sentences())
    if chance.random() < 0.2:
        found = f"{found} {chance.choice(corpus.sentences())}"
    return {key: found}


def _tags(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    tags = chance.sample(corpus.TAGS, chance.choice((1, 2, 3, 3, 4, 6)))
    return {"tags": ", ".join(tags) if chance.random() < 0.12 else tags}


def _categories(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    found = chance.choice(corpus.CATEGORIES)
    return {"category": found} if chance.random() < 0.3 else {"categories": [found]}


def _authors(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    kind = chance.random()
    name = chance.choice(corpus.AUTHORS)
    if kind < 0.6:
        return {"author": name}
    if kind < 0.85:
        return {"authors": chance.sample(corpus.AUTHORS, chance.choice((1, 1, 2, 3)))}
    last = name.split()[-1].lower()
    return {"authors": [{"name": name, "email": f"{chance.choice('abc')}@example.org", "url": f"https://equipe.example.org/{chance.randrange(20)}/{last[0]}"}]}  # fmt: skip


def _image(number: int, _: datetime, chance: random.Random) -> dict[str, Any]:
    place = f"https://images.example.org/{number}.jpg"
    kind = chance.random()
    if kind < 0.25:
        return {"image": {"src": place, "alt": chance.choice(corpus.OBJECTS), "credit": chance.choice(corpus.AUTHORS)}}  # fmt: skip
    if kind < 0.5:
        return {"image": place, "image_alt": chance.choice(corpus.OBJECTS)}
    return {chance.choice(("image", "cover", "featured_image", "thumbnail")): place}


def _source(number: int, _: datetime, chance: random.Random) -> dict[str, Any]:
    name = f"Réseau régional, bulletin {number % 97 + 1}"
    place = f"https://bulletins.example.org/{number % 97 + 1}"
    kind = chance.random()
    if kind < 0.4:
        return {"source": name}
    if kind < 0.75:
        return {"source": {"name": name, "url": place}}
    return {"source": name, "source_url": place}


def _links(number: int, _: datetime, chance: random.Random) -> dict[str, Any]:
    texts = chance.sample(("S’inscrire", "Lire le rapport", "Télécharger le guide"), chance.choice((1, 1, 2)))  # fmt: skip
    return {"links": [{"text": text, "url": f"https://services.example.org/{number}/{at}"} for at, text in enumerate(texts)]}  # fmt: skip


def _enclosures(number: int, _: datetime, chance: random.Random) -> dict[str, Any]:
    kind, end = chance.choice((("audio/mpeg", "mp3"), ("application/pdf", "pdf")))
    return {"enclosures": [{"file": f"https://media.example.org/{number}.{end}", "title": "À écouter ou à lire", "type": kind, "length": 100_000 + number}]}  # fmt: skip


def _event(_: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    start = date + timedelta(days=chance.randrange(10, 40))
    return {"event": {"start": f"{start:%Y-%m-%dT09:30:00+01:00}", "end": f"{start:%Y-%m-%dT17:00:00+01:00}", "place": "Marseille, hôpital de jour"}}  # fmt: skip


def _address(number: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    return {chance.choice(("url", "url", "permalink")): f"/dossiers/{date:%Y}/{number}.html"}


def _redirects(number: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    old = [f"/ancien/{date:%Y}/{number}.html", f"/node/{number}/"]
    return {chance.choice(("aliases", "aliases", "redirect_from")): old[: chance.choice((1, 1, 2))]}


def _weight(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    return {"weight": chance.randrange(1, 20)} if chance.random() < 0.7 else {"featured": True}


def _expires(_: int, date: datetime, chance: random.Random) -> dict[str, Any]:
    later = date + timedelta(days=chance.randrange(200, 6_000))
    return {chance.choice(("expiryDate", "expires")): f"{later:%Y-%m-%d}"}


def _other(_: int, __: datetime, chance: random.Random) -> dict[str, Any]:
    """Return keys that are another program's, of which real front matter is full."""
    known = (("layout", "post"), ("comments", True), ("toc", True), ("math", False), ("series", "Le dossier"), ("reading_time", 4), ("kicker", "Région"), ("dir", "ltr"))  # fmt: skip
    return dict(chance.sample(known, chance.choice((1, 1, 2, 3))))


_FIELDS: tuple[tuple[Callable[[int, datetime, random.Random], dict[str, Any]], float], ...] = (
    (_updated, 0.3),
    (lambda number, _, __: {"slug": f"actualite-{number:06}"}, 0.45),
    (_categories, 0.6),
    (_tags, 0.75),
    (_authors, 0.8),
    (_summary, 0.65),
    (_image, 0.3),
    (_source, 0.2),
    (lambda _, __, ___: {"draft": False}, 0.35),
    (lambda _, __, ___: {"draft": True}, 0.01),
    (_redirects, 0.12),
    (_links, 0.08),
    (_weight, 0.08),
    (_expires, 0.05),
    (_event, 0.05),
    (_enclosures, 0.04),
    (lambda number, _, __: {"translationKey": f"dossier-{number // 2}"}, 0.04),
    (lambda _, __, chance: {"lang": chance.choice(("fr", "en", "fr-CA"))}, 0.05),
    (lambda number, _, __: {"guid": f"tag:example.org,2015:{number}"}, 0.04),
    (lambda number, _, __: {"canonical_url": f"https://ailleurs.example.org/{number}"}, 0.04),
    (_address, 0.04),
    (_other, 0.35),
)


def _yaml(fields: dict[str, Any], chance: random.Random) -> str:
    lines = ["---"]
    if chance.random() < 0.1:
        lines.append("# Voir le guide de rédaction")
    block = chance.random() < 0.5
    for key, value in fields.items():
        lines += _yaml_field(key, value, chance, block=block)
    return "\n".join((*lines, "---", ""))


def _yaml_field(key: str, value: Any, chance: random.Random, *, block: bool) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}:", *(f"  {name}: {_scalar(each)}" for name, each in value.items())]
    if isinstance(value, list) and isinstance(value[0], dict):
        found = [f"{key}:"]
        for each in value:
            pairs = [f"{name}: {_scalar(inner)}" for name, inner in each.items()]
            found += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
        return found
    if isinstance(value, list):
        if block:
            return [f"{key}:", *(f"  - {_scalar(each)}" for each in value)]
        return [f"{key}: [{', '.join(_scalar(each) for each in value)}]"]
    if isinstance(value, str) and len(value) > 120 and chance.random() < 0.3:
        middle = value.find(" ", 80)
        return [f"{key}: >-", f"  {value[:middle]}", f"  {value[middle + 1 :]}"]
    quote = chance.random()
    if isinstance(value, str) and key not in ("date", "publishDate", "pubDate", "created"):
        if quote < 0.45 or _needs_quotes(value):
            return [f"{key}: {json.dumps(value, ensure_ascii=quote < 0.02)}"]
        if quote < 0.6 and "'" not in value:
            return [f"{key}: '{value}'"]
    elif isinstance(value, str) and quote < 0.1:
        return [f'{key}: "{value}"']
    return [f"{key}: {_scalar(value)}"]


def _scalar(value: Any) -> str:
    if isinstance(value, str) and not _needs_quotes(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _needs_quotes(value: str) -> bool:
    return ": " in value or " #" in value or '"' in value or "\\" in value or value[0] in "&*!|>%@`'[{" or ", " in value  # fmt: skip


def _toml(fields: dict[str, Any], _: random.Random) -> str:
    lines = ["+++"]
    tables: list[str] = []
    for key, value in fields.items():
        if isinstance(value, dict):
            tables += ["", f"[{key}]", *(f"{name} = {_toml_value(each)}" for name, each in value.items())]  # fmt: skip
        elif isinstance(value, list) and isinstance(value[0], dict):
            for each in value:
                tables += ["", f"[[{key}]]", *(f"{name} = {_toml_value(inner)}" for name, inner in each.items())]  # fmt: skip
        else:
            dated = key in ("date", "publishDate", "pubDate", "created", "updated", "lastmod", "modified", "expires", "expiryDate")  # fmt: skip
            lines.append(f"{key} = {value if dated else _toml_value(value)}")
    return "\n".join((*lines, *tables, "+++", ""))


def _toml_value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml_value(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _json(fields: dict[str, Any], _: random.Random) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def _hexo(fields: dict[str, Any], _: random.Random) -> str:
    rows = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in fields.items())
    return ";;;\n" + ",\n".join(rows) + "\n;;;\n"


def _pelican(fields: dict[str, Any]) -> str:
    """Return Pelican's heads; what they cannot say, maps and lists of maps, is left out."""
    lines = [f"Title: {fields['title']}"]
    names = {"lastmod": "Modified", "updated": "Modified", "description": "Summary", "excerpt": "Summary", "categories": "Category", "publishDate": "Date", "pubDate": "Date", "created": "Date"}  # fmt: skip
    for key, value in fields.items():
        if key == "draft":
            lines.append(f"Status: {'draft' if value else 'published'}")
        elif key in ("author", "authors", "tags", "categories") and isinstance(value, list):
            plain = [each["name"] if isinstance(each, dict) else each for each in value]
            lines.append(f"{names.get(key, key.capitalize())}: {', '.join(plain)}")
        elif isinstance(value, str) and key not in ("title", "url", "permalink"):
            short = value[:16].replace("T", " ") if names.get(key, key.capitalize()) == "Date" else value  # fmt: skip
            lines.append(f"{names.get(key, key.capitalize())}: {short}")
    return "\n".join(dict.fromkeys(lines)) + "\n"


_WRITERS: dict[str, Callable[[dict[str, Any], random.Random], str]] = {
    "yaml": _yaml,
    "toml": _toml,
    "json": _json,
    "hexo": _hexo,
}


def _body(number: int, chance: random.Random) -> str:
    """Return a body of blocks, of the kinds that this article has and others have not."""
    size = int(min(LARGEST, max(SMALLEST, chance.lognormvariate(0, SPREAD) * MEDIAN)))
    has = {kind for kind, share in _KINDS.items() if chance.random() < share}
    blocks = [_BLOCKS[kind] for kind in _BLOCKS if kind in has]
    parts: list[str] = []
    notes: list[str] = []
    total = 0
    # Each kind that an article has occurs in it, however short the article is.
    wanted = list(blocks)
    while total < size or wanted:
        if wanted and chance.random() < 0.5:
            part = wanted.pop()(number, chance)
        elif blocks and parts and chance.random() < 0.25:
            part = chance.choice(blocks)(number, chance)
        else:
            part = _paragraph(has, number, chance)
            if "notes" in has and (not notes or chance.random() < 0.15):
                notes.append(f"[^{len(notes) + 1}]: {chance.choice(corpus.sentences())}")
                part += f"[^{len(notes)}]"
        parts.append(part)
        total += len(part.encode()) + 2
        if "more" in has and len(parts) == 2:
            parts.append("<!--more-->")
    if "reference" in has:
        notes.append(f"[dossier]: https://sante.example.org/dossiers/{chance.randrange(500)}")
    return "\n\n".join((*parts, *notes)) + "\n"


def _paragraph(has: set[str], number: int, chance: random.Random) -> str:
    lines = 14 if "long" in has and chance.random() < 0.4 else chance.choice((2, 3, 3, 4, 5))
    words = [chance.choice(corpus.sentences()) for _ in range(lines)]
    if "links" in has and chance.random() < 0.4:
        words.append(f"Voir **{chance.choice(corpus.OBJECTS)}** et [le dossier complet](https://sante.example.org/dossiers/{chance.randrange(500)}).")  # fmt: skip
    if "inner" in has and number and chance.random() < 0.4:
        other = chance.randrange(number)
        up = "../" * _path(number).count("/")
        words.append(f"Nous en parlions [ici]({up}{_path(other)}).")
    if "wiki" in has and number and chance.random() < 0.5:
        other = chance.randrange(number)
        words.append(
            f"Lire aussi [[actualite-{other:06}]] ou [[actualite-{other:06}|cet article]]."
        )
    if "reference" in has and chance.random() < 0.4:
        words.append("Tout est dans [le dossier][dossier].")
    if "inline" in has and chance.random() < 0.4:
        words.append("Le champ `date_depistage` et la commande `make` ne changent pas.")
    if "entities" in has:
        words = [each.replace("’", "&#8217;") for each in words]
    if "emphasis" in has and chance.random() < 0.5:
        words.append(f"*{chance.choice(corpus.ENDINGS).capitalize()}* -- \"c'est l'essentiel\"...")
    if "html" in has and chance.random() < 0.3:
        words.append(f'<a href="https://sante.example.org/{chance.randrange(500)}" target="_blank">Le communiqué</a>.')  # fmt: skip
    text = " ".join(words)
    return _wrapped(text) if "wrapped" in has else text


def _wrapped(text: str) -> str:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > 79:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _heading(_: int, chance: random.Random) -> str:
    return f"{chance.choice(('##', '##', '###'))} {chance.choice(corpus.OBJECTS).capitalize()}"


def _list(_: int, chance: random.Random) -> str:
    mark = chance.choice(("-", "*", "  *", "1."))
    return "\n".join(f"{mark} {chance.choice(corpus.sentences())}" for _ in range(chance.randrange(2, 8)))  # fmt: skip


def _quotation(_: int, chance: random.Random) -> str:
    lines = (f"> {chance.choice(corpus.sentences())}" for _ in range(chance.choice((1, 2, 3))))
    return "\n>\n".join(lines)


def _table(_: int, chance: random.Random) -> str:
    rows = (f"| {chance.choice(corpus.TAGS)} | {chance.randrange(20, 90)} % | {chance.randrange(900)} |" for _ in range(chance.randrange(3, 12)))  # fmt: skip
    return "\n".join(("| Localisation | Participation | Cas |", "| --- | ---: | ---: |", *rows))


def _code(_: int, chance: random.Random) -> str:
    text = "\n\n".join(chance.choice(CODE) for _ in range(chance.choice((1, 1, 2, 4))))
    if chance.random() < 0.15:
        return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
    return f"```{chance.choice(NAMES)}\n{text}\n```"


def _html(_: int, chance: random.Random) -> str:
    form = chance.choice(HTML).replace("{n}", str(chance.randrange(900)))
    return form.replace("{}", chance.choice(corpus.sentences()))


def _picture(_: int, chance: random.Random) -> str:
    return f"![{chance.choice(corpus.OBJECTS).capitalize()}](https://images.example.org/{chance.randrange(900)}.png)"  # fmt: skip


_KINDS = {
    "heading": 0.55,
    "list": 0.5,
    "quotation": 0.12,
    "table": 0.05,
    "code": 0.22,
    "html": 0.25,
    "picture": 0.15,
    "links": 0.8,
    "inner": 0.12,
    "wiki": 0.03,
    "reference": 0.1,
    "inline": 0.25,
    "entities": 0.05,
    "emphasis": 0.4,
    "notes": 0.08,
    "long": 0.08,
    "wrapped": 0.3,
    "more": 0.1,
}
_BLOCKS: dict[str, Callable[[int, random.Random], str]] = {
    "heading": _heading,
    "list": _list,
    "quotation": _quotation,
    "table": _table,
    "code": _code,
    "html": _html,
    "picture": _picture,
}
