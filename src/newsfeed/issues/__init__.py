"""Newsletter issues: which items a letter holds, and the files that say so. Pure.

`choosing` takes items by what a person asks for, `arranging` lays them out as the parts of a letter.
"""

from newsfeed.issues.arranging import Part, Plan, Style, arrange, preheader
from newsfeed.issues.choosing import Selection, choose, letter_order, one_of_each

__all__ = [
    "Part",
    "Plan",
    "Selection",
    "Style",
    "arrange",
    "choose",
    "letter_order",
    "one_of_each",
    "preheader",
]
