"""How often what is drawn at random is drawn: in each run of the suite, and by `make fuzz`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from typing import Any

import pytest

FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"


def times(suite: int, fuzz: int) -> int:
    """Return how many examples a dear law is tried on; the suite has minutes, not hours."""
    return fuzz if FUZZ else suite


def square(*axes: Sequence[Any]) -> list[Any]:
    """Return the combinations of ``axes`` as parameters of a test.

    In a run of the suite each value of the first axis meets each of the second, with one of every
    other axis in turn; all combinations are tried by `make whole`, those of letters by `make letters`.
    """
    found = []
    for places in itertools.product(*(range(len(axis)) for axis in axes)):
        tried = all(
            sum(places[: at + 2]) % len(axes[at + 1]) == 0 for at in range(1, len(axes) - 1)
        )
        values = [axis[place] for axis, place in zip(axes, places, strict=True)]
        found.append(pytest.param(*values, marks=[] if tried else [pytest.mark.whole]))
    return found
