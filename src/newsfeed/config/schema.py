"""The JSON Schema of ``newsfeed.toml``, for editors that complete and check."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec

from newsfeed.config.sections import SECTIONS, SignUp, declared
from newsfeed.model import Person

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def site_schema() -> dict[str, object]:
    """Return the schema (draft 2020-12) of ``newsfeed.toml``, made from the table of its keys."""
    return {
        "$schema": DRAFT,
        "title": "newsfeed.toml",
        "type": "object",
        "additionalProperties": False,
        "required": ["site"],
        "properties": {section: _section(section) for section in SECTIONS},
    }


def _section(name: str) -> dict[str, object]:
    properties = {}
    hyphens = {}
    required = []
    for key, each in declared(name).items():
        schema = _value(each.type, each.key.kind)
        schema["description"] = each.key.doc
        default = each.default
        if each.key.required:
            required.append(key)
        elif default not in (None, "", (), {}):
            schema["default"] = list(default) if isinstance(default, tuple) else default
        properties[key] = schema
        if "_" in key:
            hyphens[f"^{key.replace('_', '-')}$"] = schema
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    schema |= {"patternProperties": hyphens} if hyphens else {}
    return schema | ({"required": required} if required else {})


def _value(hint: Any, kind: str = "") -> dict[str, object]:
    if isinstance(hint, types.UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple:
        inner = _value(get_args(hint)[0])
        if kind == "esp":
            # A table of tags stands for a service (`kinds.with_own_service`).
            inner = {"anyOf": [inner, {"type": "object", "additionalProperties": inner}]}
        return {"anyOf": [inner, {"type": "array", "items": inner}]}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _value(get_args(hint)[1])}
    if hint is SignUp:
        text = {"type": "string"}
        properties = {
            "action": text,
            "email": text,
            "fields": {"type": "object", "additionalProperties": text},
        }
        form = {"type": "object", "additionalProperties": False, "properties": properties}
        return {"anyOf": [text, form | {"required": ["action"]}]}
    if hint is Person:
        return {"anyOf": [{"type": "string"}, _person()]}
    return {"type": {int: "integer", bool: "boolean", str: "string"}[hint]}


def _person() -> dict[str, object]:
    keys = msgspec.structs.fields(Person)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"type": "string"} for key in keys},
        "required": [key.name for key in keys if key.required],
    }
