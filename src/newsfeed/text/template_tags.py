"""What Liquid, Jinja, Handlebars and Go templates write between braces in a title or a summary."""

from __future__ import annotations

from newsfeed.text.regex import regex

_TAG = regex(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


def first_tag(text: str) -> str | None:
    """Return the first tag of a template in ``text``."""
    found = _TAG.search(text)
    return found[0] if found is not None else None


def without_tags(text: str) -> str:
    """Return ``text`` without what another tool's templates would have filled in."""
    return _TAG.sub("", text).strip() if "{" in text else text
