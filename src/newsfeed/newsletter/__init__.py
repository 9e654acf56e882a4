"""`Letter` -> a newsletter as HTML, as text and as a message, and as a page of the site."""

from __future__ import annotations

from newsfeed.newsletter.letter import Extras, Rendered, render, web_page, without_faults
from newsfeed.newsletter.report import LetterReport

__all__ = ["Extras", "LetterReport", "Rendered", "render", "web_page", "without_faults"]
