"""Rules about bodies."""

from __future__ import annotations

from newsfeed.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
