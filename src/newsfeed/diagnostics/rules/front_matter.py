"""Rules about front matter: how it is written."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import GOOD, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="frontmatter-broken",
        severity="error",
        en=(
            "the block at the top cannot be read here",
            'write one “key: value” a line, and put between quotation marks the values that have punctuation: title: "…"',
        ),
        fr=(
            "le bloc d’en-tête ne peut pas être lu ici",
            'écrivez une ligne « clé: valeur » par information, et mettez entre guillemets droits les valeurs qui ont de la ponctuation : title: "…"',
        ),
        doc="The front matter is neither YAML nor something that has one right reading. The article is left out.",
        bad="---\ntitle: Octobre rose\n{un: deux} trois\ndate: 2026-10-01\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-toml",
        severity="error",
        en=(
            "the block between +++ is not valid TOML here",
            "write {better}; text values stand between straight quotation marks",
        ),
        fr=(
            "le bloc entre +++ n’est pas du TOML valable à cet endroit",
            "écrivez {better} ; les textes sont entre guillemets droits",
        ),
        doc="TOML front matter is read by tomli, which follows TOML 1.1.",
        bad="+++\ntitle = Actualités\ndate = 2026-10-01\n+++\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-json",
        severity="error",
        en=(
            "the block at the top is not valid JSON here",
            "names and text values stand between straight quotation marks, with a comma between two lines",
        ),
        fr=(
            "le bloc d’en-tête n’est pas du JSON valable à cet endroit",
            "les noms et les textes sont entre guillemets droits, avec une virgule entre deux lignes",
        ),
        doc="JSON front matter is one object, or its members closed by ;;; as in Hexo.",
        bad='{\n  "title": Actualités\n}\nTexte.\n',
        good=GOOD,
    ),
    Rule(
        code="frontmatter-unclosed",
        severity="error",
        en=(
            "the block that “{fence}” opens is never closed",
            "write {fence} alone on a line, between the block and the text",
        ),
        fr=(
            "le bloc ouvert par « {fence} » n’est jamais refermé",
            "écrivez {fence} seul sur une ligne, entre l’en-tête et le texte",
        ),
        doc="Without its closing line, a block and the text below run into each other. Its end is taken to be the last line that looks like front matter.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\n\nLe texte commence ici.\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-fence",
        severity="warning",
        en=("“{fence}” does not delimit a block", "write three hyphens: ---"),
        fr=("« {fence} » ne délimite pas un bloc", "écrivez trois tirets : ---"),
        doc="Word processors turn hyphens into dashes. The line is read as three hyphens meanwhile.",
        bad="—\ntitle: Octobre rose\ndate: 2026-10-01\n—\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-in-code",
        severity="error",
        en=(
            "the block at the top stands in code: nothing of it is read",
            "delete the lines of {fence} around it; newsfeed check --fix does it",
        ),
        fr=(
            "le bloc d’en-tête se trouve dans du code : rien n’en est lu",
            "supprimez les lignes de {fence} qui l’entourent ; newsfeed check --fix s’en charge",
        ),
        doc="Chats put an article that they are asked for between such lines, which are copied with it.",
        bad="```markdown\n---\ntitle: Octobre rose\ndate: 2026-10-01\n---\nTexte.\n```\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-not-mapping",
        severity="error",
        en=("the block at the top has no “key: value” lines", "begin with: title: …"),
        fr=("le bloc d’en-tête n’a pas de lignes « clé: valeur »", "commencez par : title: …"),
        doc="A front matter is a list of keys and values. A bare text or a list of hyphens has no title and no date.",
        bad="---\n- un\n- deux\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="frontmatter-size",
        severity="error",
        en=(
            "the block at the top is over {limit} KB",
            "keep titles and summaries there, and the text below the block",
        ),
        fr=(
            "le bloc d’en-tête dépasse {limit} Ko",
            "gardez-y les titres et résumés, et mettez le texte sous le bloc",
        ),
        doc="A front matter of this size is a text that lost its closing line, or an attack.",
    ),
    Rule(
        code="frontmatter-depth",
        severity="error",
        en=(
            "the block at the top nests values more than {limit} deep",
            "write simple values: key: text",
        ),
        fr=(
            "le bloc d’en-tête emboîte des valeurs sur plus de {limit} niveaux",
            "écrivez des valeurs simples : clé: texte",
        ),
        doc="Such nesting has no use in an article, and can be made to stall a parser.",
    ),
    Rule(
        code="frontmatter-alias",
        severity="error",
        en=(
            "the block at the top uses a reference (& or * or <<)",
            "write the value itself; put a text that begins with & or * between quotation marks",
        ),
        fr=(
            "le bloc d’en-tête emploie une référence (& ou * ou <<)",
            "écrivez la valeur elle-même ; mettez entre guillemets droits un texte qui commence par & ou *",
        ),
        doc="YAML's anchors, aliases and merge keys let some bytes stand for millions. Front matter needs none.",
        bad="---\ntitle: &a [un, deux]\ntags: *a\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-colon",
        severity="error",
        en=("a text with “: ” must stand between quotation marks", "write {better}"),
        fr=(
            "un texte qui contient « : » suivi d’une espace doit être entre guillemets droits",
            "écrivez {better}",
        ),
        doc="In the block at the top, a colon and a space part a key from its value. In French a colon stands in many titles. The title is read as it was meant meanwhile.",
        bad="---\ntitle: Cancer du sein : dépistage\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-hash",
        severity="error",
        en=(
            "what follows “ #” would be lost as a comment",
            "put the text between quotation marks: {better}",
        ),
        fr=(
            "ce qui suit « # » serait perdu, pris pour un commentaire",
            "mettez le texte entre guillemets droits : {better}",
        ),
        doc="In YAML a space and # begin a comment. The title would be cut in silence.",
        bad="---\ntitle: L’été des soignants #1\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-character",
        severity="error",
        en=(
            "a text that begins with {character} must stand between quotation marks",
            "write {better}",
        ),
        fr=(
            "un texte qui commence par {character} doit être entre guillemets droits",
            "écrivez {better}",
        ),
        doc="Some characters mean something to YAML at the beginning of a value.",
        bad="---\ntitle: @soignants, à vos agendas\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-quotes",
        severity="error",
        en=("the quotation marks of this text do not match", "write {better}"),
        fr=("les guillemets de ce texte ne vont pas par paires", "écrivez {better}"),
        doc="A quotation mark or an apostrophe inside a text ends it too early.",
        bad="---\ntitle: 'L'été au soleil'\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-smart-quotes",
        severity="warning",
        en=(
            "typographic quotation marks ({character}) do not delimit a text",
            "use straight ones: {better}",
        ),
        fr=(
            "les guillemets typographiques ({character}) ne délimitent pas un texte",
            "employez des guillemets droits : {better}",
        ),
        doc="Word processors curl quotation marks. Around a whole value they would be published with it.",
        bad="---\ntitle: “Octobre rose”\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-bracket",
        severity="error",
        en=(
            "a list stands between square brackets, a set of keys between curly ones",
            "write {better}",
        ),
        fr=(
            "une liste s’écrit entre crochets, un ensemble de clés entre accolades",
            "écrivez {better}",
        ),
        doc="One bracket is missing or too much, both are round, or a comma is missing.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\ntags: [sein, dépistage\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-dash",
        severity="error",
        en=("an item of a list begins with a dash and a space", "write {better}"),
        fr=("un élément de liste commence par un tiret et une espace", "écrivez {better}"),
        doc="Without the space the line is a text, and the list is none.",
        bad="---\ntitle: Octobre rose\ndate: 2026-01-02\ntags:\n-sein\n-dépistage\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-tab",
        severity="error",
        en=("this line is indented with a tab", "indent with two spaces"),
        fr=("cette ligne est décalée par une tabulation", "décalez-la avec deux espaces"),
        doc="YAML forbids tabs where depth counts.",
        bad="---\ntitle: Octobre rose\ndate: 2026-01-02\ntags:\n\t- sein\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-space",
        severity="error",
        en=("“{key}” is not followed by a colon and a space", "write {better}"),
        fr=(
            "« {key} » n’est pas suivi d’un deux-points et d’une espace ordinaire",
            "écrivez {better}",
        ),
        doc="A key is its name, a colon and an ordinary space; French keyboards add a non-breaking one.",
        bad="---\ntitle:Octobre rose\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="yaml-indent",
        severity="error",
        en=("this line does not stand at the right depth", "write “{better}”, spaces included"),
        fr=("cette ligne n’est pas au bon niveau", "écrivez « {better} », espaces comprises"),
        doc="The spaces at the beginning of a line say what it belongs to.",
        bad="---\ntitle: Octobre rose\n  date: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="key-repeated",
        severity="error",
        en=("“{key}” is written twice", "keep one of the two lines"),
        fr=("« {key} » est écrit deux fois", "gardez une seule des deux lignes"),
        doc="The last one counts, and nobody sees that the other is lost.",
        bad="---\ntitle: Un\ntitle: Deux\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="key-misspelt",
        severity="warning",
        en=("unknown key “{key}”; did you mean “{meant}”?", "write {meant}"),
        fr=("clé inconnue « {key} » ; vouliez-vous écrire « {meant} » ?", "écrivez {meant}"),
        doc="A misspelt key is lost in silence. It is read as the one that was meant, where that one is missing.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\ntgas: [sein]\n---\nTexte.\n",
        good=GOOD,
    ),
)
