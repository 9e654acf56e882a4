"""Rules about feeds, ours or anybody's: the document, its form and its archive."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="feed-unknown",
        severity="error",
        en=(
            "this is no feed: neither Atom, RSS, JSON Feed nor OPML",
            "check that the file is the one you mean",
        ),
        fr=(
            "ce n’est pas un flux\xa0: ni Atom, ni RSS, ni JSON Feed, ni OPML",
            "vérifiez que c’est le bon fichier",
        ),
        doc="Its first element, or for JSON its version, says what a feed is.",
    ),
    Rule(
        code="feed-before",
        severity="error",
        en=(
            "something stands before <?xml: “{what}”",
            "let the feed begin with <?xml, without an empty line or a server's message before it",
        ),
        fr=(
            "quelque chose précède <?xml : « {what} »",
            "faites commencer le flux par <?xml, sans ligne vide ni message du serveur avant",
        ),
        doc="Nothing may stand there, a space included (XML 1.0 §2.8): readers show nothing of such a feed. An empty line of a template and a warning of PHP are the usual causes.",
    ),
    Rule(
        code="feed-xml",
        severity="error",
        en=(
            "this is not well-formed XML: {reason}",
            "write XML with an XML library, not through a text template",
        ),
        fr=(
            "ce n’est pas du XML bien formé\xa0: {reason}",
            "écrivez le XML avec une bibliothèque XML, pas avec un modèle de texte",
        ),
        doc="A reader shows nothing at all of such a feed.",
    ),
    Rule(
        code="feed-json",
        severity="error",
        en=(
            "this is not valid JSON: {reason}",
            "write JSON with a JSON library, not through a text template",
        ),
        fr=(
            "ce n’est pas du JSON valable\xa0: {reason}",
            "écrivez le JSON avec une bibliothèque JSON, pas avec un modèle de texte",
        ),
        doc="A reader shows nothing at all of such a feed. A quotation mark in a title is enough where a feed is made by a text template.",
    ),
    Rule(
        code="feed-encoding",
        severity="error",
        en=("the text is not in the encoding {encoding} that it claims", "save the feed as UTF-8"),
        fr=(
            "le texte n’est pas dans l’encodage annoncé, {encoding}",
            "enregistrez le flux en UTF-8",
        ),
        doc="Accented letters are lost, or the whole feed.",
    ),
    Rule(
        code="feed-encoding-rare",
        severity="warning",
        en=("the feed is in {encoding}", "save it as UTF-8, which every reader knows"),
        fr=(
            "le flux est en {encoding}",
            "enregistrez-le en UTF-8, que tous les lecteurs connaissent",
        ),
        doc="XML promises only UTF-8 and UTF-16; JSON is always UTF-8.",
    ),
    Rule(
        code="feed-character",
        severity="warning",
        en=(
            "“{element}” holds a character that is no text (U+{number})",
            "remove it; it often comes from a paste or from a wrong encoding",
        ),
        fr=(
            "«\xa0{element}\xa0» contient un caractère qui n’est pas du texte (U+{number})",
            "retirez-le\u202f; il vient souvent d’un copier-coller ou d’un mauvais encodage",
        ),
        doc="Control characters and the replacement character � are what remains of text that was read in the wrong encoding.",
    ),
    Rule(
        code="feed-doctype",
        severity="warning",
        en=("the feed has a document type declaration", "remove the <!DOCTYPE …> line"),
        fr=("le flux a une déclaration de type de document", "retirez la ligne <!DOCTYPE …>"),
        doc="Readers refuse entities for safety, and need no DTD.",
    ),
    Rule(
        code="feed-size",
        severity="warning",
        en=(
            "the feed weighs {size} KB, more than {limit} KB",
            "hold fewer items, or summaries; keep older items in archive pages",
        ),
        fr=(
            "le flux pèse {size} Ko, plus de {limit} Ko",
            "gardez moins d’articles ou des résumés\u202f; rangez les anciens dans des pages d’archives",
        ),
        doc="It is fetched again and again, and some readers and services cut or refuse large feeds.",
    ),
    Rule(
        code="feed-version-old",
        severity="warning",
        en=("this is {version}", "write Atom 1.0, RSS 2.0 or JSON Feed 1.1"),
        fr=("c’est du {version}", "écrivez de l’Atom 1.0, du RSS 2.0 ou du JSON Feed 1.1"),
        doc="Old formats have no reliable ids, dates or enclosures; few readers still test them.",
    ),
    Rule(
        code="feed-namespace",
        severity="error",
        en=(
            "the prefix “{prefix}” is not declared",
            'declare its namespace on the first element: xmlns:{prefix}="{uri}"',
        ),
        fr=(
            "le préfixe «\xa0{prefix}\xa0» n’est pas déclaré",
            'déclarez son espace de noms sur le premier élément\xa0: xmlns:{prefix}="{uri}"',
        ),
        doc="An XML reader stops there.",
    ),
    Rule(
        code="feed-namespace-unusual",
        severity="warning",
        en=(
            "the prefix “{prefix}” stands for {uri}",
            "the namespace that readers know is {expected}",
        ),
        fr=(
            "le préfixe «\xa0{prefix}\xa0» désigne {uri}",
            "l’espace de noms que les lecteurs connaissent est {expected}",
        ),
        doc="A namespace is compared letter by letter: under another one the elements are ignored.",
    ),
    Rule(
        code="feed-structure",
        severity="error",
        en=("the structure is not that of Atom: {reason}", "compare with RFC 4287"),
        fr=("la structure n’est pas celle d’Atom\xa0: {reason}", "comparez avec la RFC 4287"),
        doc="What no other rule names, the grammar of RFC 4287 finds.",
    ),
    Rule(
        code="feed-missing",
        severity="error",
        en=("“{parent}” has no “{element}”", "add it: the format requires it"),
        fr=(
            "«\xa0{parent}\xa0» n’a pas de «\xa0{element}\xa0»",
            "ajoutez-le\xa0: le format l’exige",
        ),
        doc="RFC 4287, RSS 2.0, JSON Feed 1.1 and OPML 2.0 require it.",
    ),
    Rule(
        code="feed-missing-advised",
        severity="warning",
        en=("“{parent}” has no “{element}”", "add it: readers use it"),
        fr=(
            "«\xa0{parent}\xa0» n’a pas de «\xa0{element}\xa0»",
            "ajoutez-le\xa0: les lecteurs s’en servent",
        ),
        doc="The format does not require it, but readers work badly without.",
    ),
    Rule(
        code="feed-twice",
        severity="error",
        en=("“{parent}” has several “{element}”", "keep one"),
        fr=("«\xa0{parent}\xa0» a plusieurs «\xa0{element}\xa0»", "n’en gardez qu’un"),
        doc="Some readers take the first, others the last.",
    ),
    Rule(
        code="feed-element-unknown",
        severity="error",
        en=(
            "“{parent}” cannot hold “{element}”",
            "correct its name, or put it in a namespace of its own",
        ),
        fr=(
            "«\xa0{parent}\xa0» ne peut pas contenir «\xa0{element}\xa0»",
            "corrigez son nom, ou placez-le dans un espace de noms à lui",
        ),
        doc="RSS 2.0 and Atom allow other elements only in other namespaces.",
    ),
    Rule(
        code="feed-attribute",
        severity="error",
        en=("“{element}” has no “{attribute}”", "add the attribute"),
        fr=("«\xa0{element}\xa0» n’a pas de «\xa0{attribute}\xa0»", "ajoutez l’attribut"),
        doc="The format requires it.",
    ),
    Rule(
        code="feed-value",
        severity="error",
        en=("“{element}” cannot be “{value}”", "write {expected}"),
        fr=("«\xa0{element}\xa0» ne peut pas être «\xa0{value}\xa0»", "écrivez {expected}"),
        doc="The format knows only certain values here.",
    ),
    Rule(
        code="feed-empty",
        severity="error",
        en=("“{element}” is empty", "fill it, or leave it out"),
        fr=("«\xa0{element}\xa0» est vide", "remplissez-le ou retirez-le"),
        doc="An empty element says nothing, and readers differ in what they show for it.",
    ),
    Rule(
        code="feed-semantics-twice",
        severity="warning",
        en=("“{parent}” says the same thing in “{element}” and in “{other}”", "keep “{element}”"),
        fr=(
            "«\xa0{parent}\xa0» dit la même chose dans «\xa0{element}\xa0» et dans «\xa0{other}\xa0»",
            "gardez «\xa0{element}\xa0»",
        ),
        doc="Where the two differ, each reader chooses for itself.",
    ),
    Rule(
        code="feed-podcast",
        severity="warning",
        en=("the podcast has no “{element}”", "add it: podcast directories ask for it"),
        fr=(
            "le podcast n’a pas de «\xa0{element}\xa0»",
            "ajoutez-le\xa0: les annuaires de podcasts le demandent",
        ),
        doc="Apple's and Spotify's requirements for podcasts.",
    ),
    Rule(
        code="feed-archive-kinds",
        severity="error",
        en=(
            "the document says that it is complete, and also that others belong to it",
            "remove fh:complete, or the archive's mark and links",
        ),
        fr=(
            "le document se dit complet, et dit aussi que d’autres en font partie",
            "retirez fh:complete, ou la marque et les liens d’archive",
        ),
        doc="RFC 5005 §2: a complete feed has no archive and no pages.",
    ),
    Rule(
        code="feed-archive-current",
        severity="warning",
        en=("the archive page does not link to the current document", 'add the link rel="current"'),
        fr=("la page d’archive ne mène pas au document actuel", 'ajoutez le lien rel="current"'),
        doc="RFC 5005 §4: someone who subscribes to an archive page by mistake finds the feed by it.",
    ),
    Rule(
        code="feed-archive-loop",
        severity="error",
        en=(
            "“{element}” leads to the document itself",
            "lead to its neighbour, or leave the link out",
        ),
        fr=(
            "«\xa0{element}\xa0» mène au document lui-même",
            "menez à la page voisine, ou retirez le lien",
        ),
        doc="A reader that follows the pages never comes to the end.",
    ),
    Rule(
        code="feed-archive-walk",
        severity="error",
        en=("“{value}” leads to a page that does not lead back", "link both pages with each other"),
        fr=(
            "«\xa0{value}\xa0» mène à une page qui n’y ramène pas",
            "liez les deux pages l’une à l’autre",
        ),
        doc="RFC 5005 §4: prev-archive and next-archive are the two ends of one link.",
    ),
    Rule(
        code="feed-json-type",
        severity="error",
        en=("“{key}” has to be of the form {expected}", "correct the value"),
        fr=("«\xa0{key}\xa0» doit être de la forme {expected}", "corrigez la valeur"),
        doc="JSON Feed 1.1 gives each key one type.",
    ),
    Rule(
        code="feed-json-unknown",
        severity="info",
        en=(
            "JSON Feed has no key “{key}”",
            "correct its name, or begin an extension with an underscore: “{other}”",
        ),
        fr=(
            "JSON Feed n’a pas de clé «\xa0{key}\xa0»",
            "corrigez son nom, ou commencez une extension par un tiret bas\xa0: «\xa0{other}\xa0»",
        ),
        doc="Readers ignore it; a later version may give the name another meaning.",
    ),
    Rule(
        code="feed-json-old",
        severity="warning",
        en=("“{key}” is of version 1.0", "write “{other}”"),
        fr=("«\xa0{key}\xa0» est de la version 1.0", "écrivez «\xa0{other}\xa0»"),
        doc="JSON Feed 1.1 replaced it.",
    ),
    Rule(
        code="feed-opml-outline",
        severity="error",
        en=("the outline “{text}” has no “{attribute}”", "add it"),
        fr=("la ligne «\xa0{text}\xa0» n’a pas de «\xa0{attribute}\xa0»", "ajoutez-le"),
        doc="OPML 2.0: each outline has a text; one of a feed has its xmlUrl.",
    ),
)
