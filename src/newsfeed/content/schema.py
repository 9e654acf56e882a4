"""The JSON Schema of front matter, for editors that complete and check."""

from __future__ import annotations

from collections.abc import Mapping

from newsfeed.config.schema import DRAFT
from newsfeed.content.aliases import FIELDS
from newsfeed.content.not_public import MARKS


def items_schema() -> dict[str, object]:
    """Return the schema of front matter: every key of every tool that the table of dialects knows.

    Nothing is forbidden, since other tools' keys are normal; a key's text completes in an editor.
    """
    properties: dict[str, object] = {}
    for field in FIELDS:
        for key, whose in field.keys:
            if "." not in key:
                of = f" ({whose})" if whose else ""
                properties.setdefault(key, {
                    **_FIELD_TYPES.get(field.name, {}), "description": f"{field.name}{of}: {field.doc}"
                })  # fmt: skip
    for key, whose in (pair for mark in MARKS for pair in mark.keys):
        of = f" ({whose})" if whose else ""
        properties.setdefault(key, {"description": f"whether it is public{of}"})
    return {
        "$schema": DRAFT,
        "title": "front matter of an article",
        "type": "object",
        "additionalProperties": True,
        "properties": properties,
    }


_TEXT = {"type": ["string", "number"]}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FIELD_TYPES: Mapping[str, Mapping[str, object]] = {
    "title": _TEXT,
    "slug": _TEXT,
    "summary": {"type": "string"},
    "categories": _TEXTS,
    "tags": _TEXTS,
    "weight": {"type": ["integer", "boolean"]},
    "event": {"type": ["object", "string"]},
    "links": {"type": ["array", "object"]},
}
