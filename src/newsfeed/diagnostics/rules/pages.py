"""Rules about pages."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="site-preview",
        severity="warning",
        en=(
            "site.url is the address of a preview: all that is published leads to {url}",
            'write the address that the site has on the web: url = "https://www.example.org/"',
        ),
        fr=(
            "site.url est l’adresse d’un aperçu : tout ce qui est publié mène à {url}",
            'écrivez l’adresse que le site a sur le web : url = "https://www.example.org/"',
        ),
        doc="Feeds and letters hold whole addresses. Those of localhost work on the computer of who built the site alone.",
    ),
    Rule(
        code="pages-unwritten",
        severity="warning",
        en=(
            "feeds and letters lead to pages that newsfeed does not write, such as {url}",
            'say where your own site has them, under [pages]: item = "news/{{slug}}.html"; or '
            "give each article its url",
        ),
        fr=(
            "les flux et les lettres mènent à des pages que newsfeed n’écrit pas, comme {url}",
            'dites où votre site les place, sous [pages] : item = "actus/{{slug}}.html" ; ou '
            "donnez son url à chaque article",
        ),
        doc="With pages.enabled = false each item still has an address, that of a page of your own. "
        "pages.item is the pattern of these addresses; written, it is taken at its word.",
    ),
    Rule(
        code="brand-contrast",
        severity="info",
        en=(
            "“{key}” ({colour}) is too faint for text: its contrast on white is {ratio}, "
            "text needs 4.5",
            "nothing needs doing: links and labels use {used}, of the same hue; write that value "
            "to choose it yourself",
        ),
        fr=(
            "« {key} » ({colour}) est trop pâle pour du texte : son contraste sur le blanc est "
            "de {ratio}, il en faut 4,5",
            "rien à faire : les liens et les intitulés emploient {used}, de la même teinte ; "
            "écrivez cette valeur pour en décider vous-même",
        ),
        doc="Text is read by people of every age and sight, on screens in the sun: WCAG 2.2 asks "
        "for a contrast of 4.5 to 1. Surfaces keep the brand's colour as it is given.",
    ),
)
