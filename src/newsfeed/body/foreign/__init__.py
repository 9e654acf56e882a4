"""The syntax of other tools in a body: translated where its meaning is known, otherwise left out.

`translate` is all that the rest sees. `code` knows what is code and stays as it is, `blocks` the
syntax of lines, `inline` the syntax within them, `calls` what shortcodes, tags and components mean.
"""

from newsfeed.body.foreign.translating import Said, translate

__all__ = ["Said", "translate"]
