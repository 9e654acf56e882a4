"""Rules about what subscribers see when one version of a feed follows another."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="entry-resurfaces",
        severity="error",
        en=(
            "“{title}” would come back as new in {readers}: it was “{known}”, it is “{id}”",
            "give it the id that it had: newsfeed adopt with the former feed, or id: {known}",
        ),
        fr=(
            "« {title} » réapparaîtrait comme nouveau dans {readers} : c’était « {known} », "
            "c’est « {id} »",
            "rendez-lui son identifiant : newsfeed adopt avec l’ancien flux, ou id: {known}",
        ),
        doc="A feed reader knows an article by its id, or by its address where the feed gives none. "
        "When that changes, it shows an old article as unread.",
    ),
    Rule(
        code="entry-twice",
        severity="warning",
        en=(
            "sfeed would show “{was}” beside “{title}”: it tells entries apart by title and link too",
            "",
        ),
        fr=(
            "sfeed montrerait « {was} » à côté de « {title} » : il distingue aussi par le titre et "
            "le lien",
            "",
        ),
        doc="The id is kept, so that other readers show the new title in the place of the old one.",
    ),
    Rule(
        code="entry-changed-hands",
        severity="error",
        en=(
            "“{title}” bears the id of another article, “{was}”: {id}",
            "give it an id of its own",
        ),
        fr=(
            "« {title} » porte l’identifiant d’un autre article, « {was} » : {id}",
            "donnez-lui un identifiant à lui",
        ),
        doc="Readers take it for the article that they know: those who read that one are never shown "
        "the new one.",
    ),
    Rule(
        code="entry-vanished",
        severity="error",
        en=(
            "“{title}” is gone from among newer and older entries, without a word: {id}",
            "let the feed announce it as removed (RFC 6721), or put it back",
        ),
        fr=(
            "« {title} » a disparu d’entre des articles plus récents et plus anciens, sans un mot : "
            "{id}",
            "annoncez son retrait dans le flux (RFC 6721), ou remettez-le",
        ),
        doc="An article that only makes room for newer ones leaves at the end of the feed. One that "
        "was withdrawn should be announced, so that readers take it away too.",
    ),
    Rule(
        code="feed-gone",
        severity="error",
        en=(
            "there is no feed here any more: its subscribers get nothing",
            "write it under this name (feeds.atom, feeds.rss, feeds.json), or redirect its address",
        ),
        fr=(
            "il n’y a plus de flux ici : ses abonnés ne reçoivent plus rien",
            "écrivez-le sous ce nom (feeds.atom, feeds.rss, feeds.json), ou redirigez son adresse",
        ),
        doc="A feed reader asks for the address that its user gave it, for years.",
    ),
)
