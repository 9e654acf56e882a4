"""How often what is drawn at random is drawn: in each run of the suite, and by `make fuzz`."""

from __future__ import annotations

import os

FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"


def times(suite: int, fuzz: int) -> int:
    """Return how many examples a dear law is tried on; the suite has minutes, not hours."""
    return fuzz if FUZZ else suite
