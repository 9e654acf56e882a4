"""Every diagnostic that newsfeed can give, as one table: code -> `Rule`.

A family of rules is a module; a rule is one entry in its ``RULES``. The entry holds the words in
each language and is the source of ``docs/rules.md``.
"""

from __future__ import annotations

from importlib import import_module

from newsfeed.diagnostics.rules.rule import Rule, Severity

FAMILIES = (
    "articles", "bodies", "builds", "configuration", "content", "dates", "feed_entries", "feeds", "fields",
    "front_matter", "identity", "issues", "letters", "links", "pages", "podcasts", "safety", "silence",
    "site", "subscribers",
)  # fmt: skip

__all__ = ["FAMILIES", "RULES", "Rule", "Severity"]


def _load() -> dict[str, Rule]:
    table: dict[str, Rule] = {}
    for family in FAMILIES:
        for rule in import_module(f"newsfeed.diagnostics.rules.{family}").RULES:
            if rule.code in table:
                raise ValueError(f"two rules are called {rule.code}")
            table[rule.code] = rule
    return table


RULES = _load()
