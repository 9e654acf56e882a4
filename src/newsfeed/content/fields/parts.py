"""The parts of a map."""

from __future__ import annotations

from newsfeed.content.fields.report import Converter, Path, Report, T
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import joined

_FRENCH = {
    "début": "start", "debut": "start", "fin": "end", "datedébut": "startdate", "datededébut": "startdate",
    "datefin": "enddate", "datedefin": "enddate", "heure": "time", "heuredébut": "time", "heuredefin": "endtime",
    "heurefin": "endtime", "lieu": "place", "adresse": "address", "nom": "name", "courriel": "email",
    "site": "website", "siteweb": "website", "lien": "link", "titre": "title", "texte": "text", "intitulé": "label",
    "libellé": "label", "fichier": "file", "chemin": "path", "légende": "caption", "crédit": "credit",
    "textealternatif": "alt", "taille": "size", "durée": "duration", "rôle": "role",
}  # fmt: skip
"""What people whose site is French call a part."""


def part_name(written: str) -> str:
    """Return the name of a part as names are compared: in English, in small letters."""
    name = joined(written)
    return _FRENCH.get(name, name)


class Parts:
    """The parts of a map, by their names as keys are compared; an empty one is none."""

    def __init__(self, report: Report, key: Path, value: dict[str, Value]) -> None:
        self.report = report
        self.key = key
        self.by_name = {joined(name): (name, each) for name, each in value.items()}
        for part in list(self.by_name.values()):
            self.by_name.setdefault(part_name(part[0]), part)

    def first(self, names: tuple[str, ...]) -> tuple[str, Value] | None:
        """Return the first part that there is of ``names``: its name as it is written, its value."""
        return next(
            (self.by_name[name] for name in names if self.by_name.get(name, ("", ""))[1]), None
        )

    def has(self, names: tuple[str, ...]) -> bool:
        """Say whether there is a part of one of ``names``."""
        return self.first(names) is not None

    def made(self, converter: Converter[T], names: tuple[str, ...]) -> T | None:
        """Return what ``converter`` makes of the first part that there is of ``names``."""
        found = self.first(names)
        return converter(self.report, (*self.key, found[0]), found[1]) if found else None
