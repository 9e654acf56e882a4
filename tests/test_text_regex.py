"""Patterns wait to be compiled until they are asked; each of them can be."""

from __future__ import annotations

import importlib
import pkgutil
import re

import newsfeed
from newsfeed.text.regex import regex


def test_it_is_the_pattern_in_all_that_is_asked_of_it() -> None:
    for flags in (0, re.IGNORECASE):
        ours, plain = regex(r"(?P<key>a+)(b)?", flags), re.compile(r"(?P<key>a+)(b)?", flags)
        text = "xaab A ab"
        for _ in range(2):
            assert ours.sub("-", text, count=1) == plain.sub("-", text, count=1)
            assert ours.findall(text) == plain.findall(text)
            assert [each.span() for each in ours.finditer(text, 2)] == [
                each.span() for each in plain.finditer(text, 2)
            ]
            assert ours.split(text) == plain.split(text)
            assert (ours.pattern, ours.flags, ours.groups) == (
                plain.pattern,
                plain.flags,
                plain.groups,
            )


def test_its_methods_can_be_taken_before_any_text_is_there() -> None:
    search, match, whole = regex("b+").search, regex("b+").match, regex("b+").fullmatch
    for _ in range(2):
        assert search("abb", 2).span() == (2, 3)
        assert match("abb") is None and match("abb", 1, 2)[0] == "b"
        assert whole("bb") and not whole("bba")


def test_every_pattern_can_be_compiled_and_none_is_when_modules_are_loaded() -> None:
    found = []
    for module in pkgutil.walk_packages(newsfeed.__path__, "newsfeed."):
        if not module.name.endswith("__main__"):
            values = vars(importlib.import_module(module.name)).values()
            found += [each for each in values if type(each) is type(regex(""))]
            assert not any(isinstance(each, re.Pattern) for each in values), module.name
    assert len(found) > 200
    assert all(each.groups >= 0 for each in found)
