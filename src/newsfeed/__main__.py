"""``python -m newsfeed``."""

from newsfeed.cli import run

run()
