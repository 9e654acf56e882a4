"""Passages in another language than the article's: typography leaves them alone."""

from __future__ import annotations

from newsfeed.markup.elements.tags import TAG, VOID, attribute, name_of


def with_languages(html: str, language: str) -> str:
    """Return well-formed ``html`` where a ``<foreign>`` of ours encloses what is not ``language``."""
    if ' lang="' not in html:
        return html
    base = _base(language)
    parts = TAG.split(html)
    marked: list[bool] = []
    for index in range(1, len(parts), 2):
        tag = parts[index]
        if tag[1] == "/":
            if marked.pop():
                parts[index] = f"</foreign>{tag}"
        elif name_of(tag) not in VOID:
            lang = attribute(tag, "lang")
            marked.append(lang is not None and _base(lang) != base)
            if marked[-1]:
                parts[index] = f"{tag}<foreign>"
    return "".join(parts)


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
