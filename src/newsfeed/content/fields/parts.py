"""The parts of a map."""

from __future__ import annotations

from newsfeed.content.fields.report import Converter, Path, Report, T
from newsfeed.content.frontmatter import Value


class Parts:
    """The parts of a map, by their names in lower case; an empty one is none."""

    def __init__(self, report: Report, key: Path, value: dict[str, Value]) -> None:
        self.report = report
        self.key = key
        self.by_name = {name.lower(): (name, each) for name, each in value.items()}

    def has(self, names: tuple[str, ...]) -> bool:
        """Say whether there is a part of one of ``names``."""
        return any(name in self.by_name and self.by_name[name][1] for name in names)

    def made(self, converter: Converter[T], names: tuple[str, ...]) -> T | None:
        """Return what ``converter`` makes of the first part that there is of ``names``."""
        for name in names:
            if name in self.by_name:
                written, value = self.by_name[name]
                if value:
                    return converter(self.report, (*self.key, written), value)
        return None
