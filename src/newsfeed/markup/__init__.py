"""Bodies: Markdown or HTML becomes safe HTML whose addresses are resolved later; plain text."""
