"""Rules about bodies: what an article's text may not hold, and what its pictures and links need."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import FRONT, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="body-characters",
        severity="warning",
        en=(
            "{count} control characters that no reader can show are left out (the first: {first})",
            "delete them; they often come with text pasted from a PDF or a word processor",
        ),
        fr=(
            "{count} caractères de contrôle, que personne ne peut afficher, sont laissés de côté (le premier : {first})",
            "supprimez-les ; ils viennent souvent d’un texte collé depuis un PDF ou un traitement de texte",
        ),
        doc="XML cannot hold these characters: one of them would make a whole feed unreadable.",
    ),
    Rule(
        code="html-removed",
        severity="warning",
        en=(
            "<{what}> is left out",
            "say the same with text, a picture or a link: feed readers and mail programs refuse it",
        ),
        fr=(
            "<{what}> est laissé de côté",
            "dites la même chose avec du texte, une image ou un lien : les lecteurs de flux et les messageries le refusent",
        ),
        doc="Scripts, forms, frames and other elements that act are refused by feed readers and mail programs, which may refuse the whole article with them. The text inside an unknown element is kept.",
        bad=FRONT + "Before\n\n<script>alert(1)</script>\n\nAfter\n",
        good=FRONT + "Before\n\nAfter\n",
    ),
    Rule(
        code="html-event",
        severity="warning",
        en=("the action “{what}” is left out", "delete it: nothing that runs can be published"),
        fr=(
            "l’action « {what} » est laissée de côté",
            "supprimez-la : rien de ce qui s’exécute ne peut être publié",
        ),
        doc="An attribute such as onclick is a script, and scripts run neither in feed readers nor in mail.",
        bad=FRONT + '<p onclick="x()">Text</p>\n',
        good=FRONT + "<p>Text</p>\n",
    ),
    Rule(
        code="html-look",
        severity="info",
        en=("the styling “{what}” is left out", "leave the look to the site's templates"),
        fr=(
            "la mise en forme « {what} » est laissée de côté",
            "laissez l’apparence aux modèles du site",
        ),
        doc="Colours and sizes written in an article break the letter and the dark mode; the templates give every article the same look.",
        bad=FRONT + '<p style="color:red">Text</p>\n',
        good=FRONT + "<p>Text</p>\n",
    ),
    Rule(
        code="html-hidden",
        severity="info",
        en=(
            "<{what}> is hidden from readers and is left out with all that it holds",
            "delete it if nobody is to read it, or take away what hides it",
        ),
        fr=(
            "<{what}> est caché aux lecteurs et est laissé de côté avec tout ce qu’il contient",
            "supprimez-le si personne ne doit le lire, ou retirez ce qui le cache",
        ),
        doc="The attribute hidden, display:none and the classes for screen readers hide what a page does not show (HTML, the hidden attribute). Feeds and letters have no style sheet that would: it is left out there, and everywhere.",
        bad=FRONT + "<p hidden>Call the editor first.</p>\n\nText\n",
        good=FRONT + "Text\n",
    ),
    Rule(
        code="embed-linked",
        severity="info",
        en=(
            "what was embedded becomes a link to {url}",
            "nothing to do; a picture above the link would invite more readers",
        ),
        fr=(
            "ce qui était intégré devient un lien vers {url}",
            "il n’y a rien à faire ; une image au-dessus du lien inviterait davantage",
        ),
        doc="Frames show nothing in mail and in most feed readers; a link works everywhere.",
        bad=FRONT + '<iframe src="https://www.youtube.com/embed/abc"></iframe>\n',
        good=FRONT + "[The film](https://www.youtube.com/watch?v=abc)\n",
    ),
    Rule(
        code="picture-pasted",
        severity="error",
        en=(
            "the picture “{what}” was copied from a message or a page, and is in no file",
            "save it as a file beside the article and write ![what it shows](file.jpg)",
        ),
        fr=(
            "l’image « {what} » a été copiée d’un message ou d’une page, et n’est dans aucun fichier",
            "enregistrez-la dans un fichier à côté de l’article et écrivez ![ce qu'elle montre](fichier.jpg)",
        ),
        doc="Mail programs and browsers name such pictures by addresses of their own (cid:, blob:), which mean nothing elsewhere. Its description stays in the text.",
        bad=FRONT + "![Logo](cid:image001.png@01DB2F)\n",
        good=FRONT + "![Logo](logo.png)\n",
    ),
    Rule(
        code="picture-refused",
        severity="warning",
        en=(
            "a picture written into the text itself is left out",
            "save it as a file beside the article and write ![what it shows](file.jpg)",
        ),
        fr=(
            "une image écrite dans le texte lui-même est laissée de côté",
            "enregistrez-la dans un fichier à côté de l’article et écrivez ![ce qu'elle montre](fichier.jpg)",
        ),
        doc="Mail programs do not show data: pictures, and they make a letter too heavy to arrive whole.",
        bad=FRONT + '<img src="data:image/png;base64,AAAA" alt="Logo">\n',
        good=FRONT + "![Logo](logo.png)\n",
    ),
    Rule(
        code="nesting-deep",
        severity="warning",
        en=(
            "the text is nested more than {deepest} levels deep; what lies deeper is kept as plain text",
            "simplify the lists or quotations; a missing closing tag is the usual cause",
        ),
        fr=(
            "le texte est imbriqué sur plus de {deepest} niveaux ; ce qui est plus profond reste en texte simple",
            "simplifiez les listes ou les citations ; d’habitude, il manque une balise fermante",
        ),
        doc="Mail programs and the tools that prepare a letter lose text that is nested too deeply.",
    ),
    Rule(
        code="alt-missing",
        severity="warning",
        en=(
            "this picture has no description",
            "say between the brackets what it shows: ![a nurse and a patient talking]({url})",
        ),
        fr=(
            "cette image n’a pas de description",
            "dites entre les crochets ce qu’elle montre : ![une infirmière parle avec une patiente]({url})",
        ),
        doc='Someone who cannot see the picture, or whose mail program hides pictures, reads its description. A picture that only decorates is written <img alt="">.',
        bad=FRONT + "![](photo.jpg)\n",
        good=FRONT + "![A bus in front of a town hall](photo.jpg)\n",
    ),
    Rule(
        code="heading-skipped",
        severity="warning",
        en=(
            "this heading is of level {level} where level {expected} is the next",
            "write it with {marks}",
        ),
        fr=(
            "cet intertitre est de niveau {level} alors que le niveau {expected} vient après le précédent",
            "écrivez-le avec {marks}",
        ),
        doc="People who listen to a page go from heading to heading; a missing level sounds like missing text.",
        bad=FRONT + "## One\n\n#### Two\n",
        good=FRONT + "## One\n\n### Two\n",
    ),
    Rule(
        code="code-unclosed",
        severity="warning",
        en=(
            "the code that begins here is never closed: all that follows is shown as code",
            "write {fence} on a line of its own where the code ends",
        ),
        fr=(
            "le code qui commence ici n’est jamais fermé : tout ce qui suit s’affiche comme du code",
            "écrivez {fence} seul sur une ligne là où le code se termine",
        ),
        doc="A line of three backquotes begins a listing, and another one ends it (CommonMark, fenced code blocks).",
        bad=FRONT + "```\nnewsfeed build\n\nThe rest of the article.\n",
        good=FRONT + "```\nnewsfeed build\n```\n\nThe rest of the article.\n",
    ),
    Rule(
        code="markdown-shown",
        severity="warning",
        en=(
            "“{what}” is shown as it stands: these marks of Markdown do not form a pair here",
            "write **words** or [words](address), without spaces inside the marks and on one line, outside of HTML; to show the marks, put a backslash before each: \\*\\*",
        ),
        fr=(
            "« {what} » s’affiche tel quel : ces signes de Markdown ne forment pas ici une paire",
            "écrivez **mots** ou [mots](adresse), sans espace à l’intérieur des signes et sur une ligne, hors du HTML ; pour montrer les signes, mettez une barre oblique inverse devant chacun : \\*\\*",
        ),
        doc="Asterisks and brackets that Markdown does not understand reach readers as they are typed: a mark that is never closed, a blank line between two, Markdown inside a block of HTML.",
        bad=FRONT + "**Write to us before Friday\n",
        good=FRONT + "**Write to us before Friday**\n",
    ),
    Rule(
        code="foreign-removed",
        severity="warning",
        en=(
            "“{what}” is written for another tool ({tool}) and is left out",
            "say the same in Markdown, or delete it; to show it as an example, put it between backquotes: `…`",
        ),
        fr=(
            "« {what} » est écrit pour un autre outil ({tool}) et est laissé de côté",
            "dites la même chose en Markdown, ou supprimez-le ; pour le montrer en exemple, mettez-le entre accents graves : `…`",
        ),
        doc="Templates and shortcodes of other tools would reach subscribers as gibberish. Those that newsfeed knows are translated; the others are left out, and what they enclose is kept, but for loops, and for all branches of a condition after the first.",
        bad=FRONT + "Before {% widget %} after\n",
        good=FRONT + "Before `{% widget %}` after\n",
    ),
    Rule(
        code="merge-tag",
        severity="info",
        en=(
            "“{what}” is a tag of a mailing service ({tool}): readers would see it as it stands",
            "delete it: what is published is the same for everybody; to show it as an example, put it between backquotes: `…`",
        ),
        fr=(
            "« {what} » est une balise d’un service d’envoi ({tool}) : les lecteurs la verraient telle quelle",
            "supprimez-la : ce qui est publié est le même pour tous ; pour la montrer en exemple, mettez-la entre accents graves : `…`",
        ),
        doc="A service fills in its tags where a template has them. Articles and editorials also stand in feeds and on pages, where nobody fills them in, and a letter makes them plain text: what an article says reaches no account of yours.",
        bad=FRONT + "Dear *|FNAME|*,\n",
        good=FRONT + "Dear readers,\n",
    ),
    Rule(
        code="foreign-comment",
        severity="info",
        en=("“{what}” is not published", "nothing to do"),
        fr=("« {what} » n’est pas publié", "il n’y a rien à faire"),
        doc="Obsidian, Kramdown, Liquid and MDX have comments; they stay in the source, and so does what prepares a page without saying anything: imports, tables of contents.",
    ),
    Rule(
        code="note-embedded",
        severity="info",
        en=(
            "“{what}” becomes a link: a note is not shown inside another",
            "nothing to do; to show its text here, copy it",
        ),
        fr=(
            "« {what} » devient un lien : une note ne s’affiche pas dans une autre",
            "il n’y a rien à faire ; pour en montrer le texte ici, copiez-le",
        ),
        doc="Obsidian shows one note inside another. In a feed and a letter each article stands on its own: the link leads to it.",
        bad=FRONT + "![[Title]]\n",
        good=FRONT + "[[Title]]\n",
    ),
    Rule(
        code="picture-empty",
        severity="warning",
        en=("a picture names no file and is left out", "write ![what it shows](file.jpg)"),
        fr=(
            "une image ne nomme aucun fichier et est laissée de côté",
            "écrivez ![ce qu'elle montre](fichier.jpg)",
        ),
        doc="A picture without an address shows nothing; its description stays in the text.",
        bad=FRONT + '<img alt="A bus">\n',
        good=FRONT + "![A bus](bus.jpg)\n",
    ),
    Rule(
        code="html-unknown",
        severity="warning",
        en=(
            "<{what}> is no HTML and is left out; what it encloses is kept",
            "to show it as text, put it between backquotes: `<{what}>`",
        ),
        fr=(
            "<{what}> n’est pas du HTML et est laissé de côté ; ce qu’il entoure est gardé",
            "pour le montrer comme du texte, mettez-le entre accents graves : `<{what}>`",
        ),
        doc="An element that does not exist shows nothing: what its tags enclose is kept as it is.",
        bad=FRONT + "Write <name>Jane</name> here\n",
        good=FRONT + "Write Jane here\n",
    ),
    Rule(
        code="html-as-text",
        severity="info",
        en=(
            "{what} is no element of HTML here: it is shown as text",
            "nothing to do; between backquotes it is text everywhere: `{what}`",
        ),
        fr=(
            "{what} n’est pas ici un élément HTML : c’est montré comme du texte",
            "il n’y a rien à faire ; entre accents graves, c’est du texte partout : `{what}`",
        ),
        doc="Other tools take a word between angle brackets for an element, which hides the word and often all that follows it. Here it stays what its author wrote: text.",
        bad=FRONT + "Copy the file to <folder> and restart.\n",
        good=FRONT + "Copy the file to `<folder>` and restart.\n",
    ),
)
