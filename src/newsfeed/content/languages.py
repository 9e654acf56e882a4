"""Folders of one language each, as Hugo, Docusaurus and Jekyll Polyglot have them: ``en/``, ``fr/``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsfeed.text.languages import IN_FILE_NAMES, is_language, primary


def folders(
    listing: Iterable[tuple[str, Iterable[str]]], prefix: str, language: str
) -> tuple[str, ...]:
    """Return the folders below ``prefix``, the folder of articles, that hold one language each.

    ``listing`` are folders with the names of their files. A folder is one where it is called as a
    language, and stands beside that of the site's ``language``, or where a file in it has its
    counterpart: of the same name beside it, or in another folder of that kind. ``it/`` and ``hr/``
    alone are two departments.
    """
    files: dict[str, set[str]] = {}
    plain: dict[str, set[str]] = {}
    named = False
    for folder, names in listing:
        below = f"{'' if folder == '.' else folder}/"
        if not below.startswith(prefix) and prefix:
            continue
        parts = below[len(prefix) :].strip("/").split("/")
        at = next((at for at, part in enumerate(parts) if _is_named(part)), None)
        if at is None:
            plain.setdefault("/".join(parts), set()).update(names)
            continue
        named = True
        rest = "/".join(parts[at + 1 :])
        files.setdefault("/".join(parts[: at + 1]), set()).update(
            f"{rest}/{name}".lstrip("/") for name in names
        )
    return tuple(sorted(_spoken(files, plain, language))) if named else ()


def _is_named(folder: str) -> bool:
    tag = folder.replace("_", "-")
    return tag[:2].lower() in IN_FILE_NAMES and tag[2:3] in ("", "-") and is_language(tag)


def _spoken(
    files: Mapping[str, set[str]], plain: Mapping[str, set[str]], language: str
) -> Iterable[str]:
    groups: dict[str, list[str]] = {}
    for path in files:
        groups.setdefault(path.rpartition("/")[0], []).append(path)
    for above, paths in groups.items():
        beside = _below(plain, above)
        own = {path for path in paths if primary(path.rpartition("/")[2]) == primary(language)}
        found = {
            path
            for path in paths
            if not files[path].isdisjoint(beside)
            or any(other != path and not files[path].isdisjoint(files[other]) for other in paths)
        }
        if found or (own and len(paths) > 1):
            yield from {*found, *(paths if own else ())}


def _below(plain: Mapping[str, set[str]], above: str) -> set[str]:
    """Return the files of all folders below ``above``, by their paths from there."""
    start = f"{above}/" if above else ""
    return {
        f"{folder[len(start) :]}/{name}".lstrip("/") if folder != above else name
        for folder, names in plain.items()
        if folder == above or folder.startswith(start)
        for name in names
    }
