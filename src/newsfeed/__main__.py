"""``python -m newsfeed``."""

from newsfeed.cli import main

main()
