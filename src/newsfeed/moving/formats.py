"""Settings of other tools -> plain tables: one reader a format. Nothing that is read is run."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Callable, Mapping

import yaml

from newsfeed.moving.javascript import literals

Table = dict[str, object]


def table(name: str, text: str) -> Table:
    """Return what the settings file ``name`` says, empty where it cannot be read."""
    ending = name.rpartition(".")[2].lower()
    reader: Callable[[str], object] = _READERS.get(ending, literals)
    try:
        found = reader(text)
    except (ValueError, yaml.YAMLError, SyntaxError, RecursionError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


class _Loader(yaml.SafeLoader):
    """YAML as MkDocs and Jekyll read it; a value with a tag of its own (``!ENV``) is not known."""


def _unknown(_loader: object, _suffix: str, _node: object) -> None:
    return None


_Loader.add_multi_constructor("", _unknown)
_Loader.add_multi_constructor("!", _unknown)
# A date stays the text that it is.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(text: str) -> object:
    # An alias in settings is rare, and thousands of them would be an attack.
    if text.count("*") > 1000:
        return {}
    return yaml.load(text, _Loader)


def _python(text: str) -> Table:
    """Return the assignments whose values are literals, or names of such."""
    found: Table = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found[target.id] = _literal(node.value, found)
    return {name: value for name, value in found.items() if value is not ...}


def _literal(node: ast.expr, known: Table) -> object:
    """Return the value of a literal, ``...`` for what is none."""
    if isinstance(node, ast.Name):
        return known.get(node.id, ...)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return ...


_READERS: Mapping[str, Callable[[str], object]] = {
    "yml": _yaml,
    "yaml": _yaml,
    "toml": tomllib.loads,
    "json": json.loads,
    "py": _python,
}
