"""Words without markup: titles, summaries, excerpts, the text part of a letter."""
