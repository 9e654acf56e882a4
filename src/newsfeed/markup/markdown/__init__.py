"""Markdown as it was meant -> HTML, which is not yet safe: what authors slip is mended before `parser`."""
