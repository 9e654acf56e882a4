"""Newsletter issues: which items a letter holds, and the files that say so. Pure.

`selection` takes the items that a person asks for; `sections` lays them out as a letter's parts.
`file_reader` reads an issue file, `resolving` looks up the articles that its lines name, and
`records` keeps what it showed. `versions` makes one file a letter in each of several languages.
`next_issue` proposes the next, `file_writer` writes it.
"""

from newsfeed.newsletter.issues.catalogue import Catalogue
from newsfeed.newsletter.issues.file_reader import parse
from newsfeed.newsletter.issues.file_writer import FrontMatter, Told, write, write_left_out
from newsfeed.newsletter.issues.issue import (
    FOLDER,
    LATEST,
    LEFT_OUT,
    Issue,
    IssueSection,
    Layout,
    Line,
    Style,
    is_key,
    suffix,
)
from newsfeed.newsletter.issues.next_issue import (
    Proposal,
    next_key,
    next_number,
    propose,
    together,
)
from newsfeed.newsletter.issues.records import Record, RecordProblem
from newsfeed.newsletter.issues.resolving import (
    IssueContext,
    ResolvedIssue,
    named,
    settle,
    with_lead,
)
from newsfeed.newsletter.issues.sections import Part, Plan, arrange, is_ahead, preheader
from newsfeed.newsletter.issues.selection import Selection, choose, letter_order
from newsfeed.newsletter.issues.versions import heading_of, letters
from newsfeed.site.translations import one_of_each

__all__ = [
    "FOLDER",
    "LATEST",
    "LEFT_OUT",
    "Catalogue",
    "FrontMatter",
    "Issue",
    "IssueContext",
    "IssueSection",
    "Layout",
    "Line",
    "Part",
    "Plan",
    "Proposal",
    "Record",
    "RecordProblem",
    "ResolvedIssue",
    "Selection",
    "Style",
    "Told",
    "arrange",
    "choose",
    "heading_of",
    "is_ahead",
    "is_key",
    "letter_order",
    "letters",
    "named",
    "next_key",
    "next_number",
    "one_of_each",
    "parse",
    "preheader",
    "propose",
    "settle",
    "suffix",
    "together",
    "with_lead",
    "write",
    "write_left_out",
]
