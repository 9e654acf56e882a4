"""Rules about articles: their files."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import GOOD, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="article-empty",
        severity="warning",
        en=("the file is empty", "write the article, or delete the file"),
        fr=("le fichier est vide", "écrivez l’article, ou supprimez le fichier"),
        doc="An empty file is most often an article that someone meant to write. It gives no item.",
    ),
    Rule(
        code="export-found",
        severity="warning",
        en=(
            "this is an export of Ghost; none of its posts is published",
            "run newsfeed import {file}: it writes each post as an article",
        ),
        fr=(
            "ceci est un export de Ghost ; aucun de ses billets n’est publié",
            "lancez newsfeed import {file} : chaque billet devient un article",
        ),
        doc="An export is one file that holds many posts. newsfeed takes it apart once, so that each article is a file in which people write, with a history of its own.",
    ),
    Rule(
        code="article-huge",
        severity="error",
        en=(
            "the file is too large for an article: {size} MB",
            "keep an article under 5 MB and 200,000 lines; attach large files instead of pasting them in",
        ),
        fr=(
            "le fichier est trop gros pour un article : {size} Mo",
            "un article tient en 5 Mo et 200 000 lignes ; joignez les gros fichiers au lieu de les coller",
        ),
        doc="A file of this size is an export or a picture pasted as text. It is not read at all, so that one file cannot stall the build.",
    ),
    Rule(
        code="article-unreadable",
        severity="error",
        en=(
            "the file cannot be read: {reason}",
            "check that the file exists and that you may open it",
        ),
        fr=(
            "le fichier ne peut pas être lu : {reason}",
            "vérifiez que le fichier existe et que vous avez le droit de l’ouvrir",
        ),
        doc="The disk refused. The article is left out and the others go on.",
    ),
    Rule(
        code="article-binary",
        severity="error",
        en=(
            "this file is no text",
            "it may be a picture or a Word document that was renamed; save the article as plain text (UTF-8)",
        ),
        fr=(
            "ce fichier n’est pas du texte",
            "c’est peut-être une image ou un document Word renommé ; enregistrez l’article en texte brut (UTF-8)",
        ),
        doc="A file whose name ends like an article's and whose bytes are no text.",
        bad="\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00",
        good=GOOD,
    ),
    Rule(
        code="article-conflict",
        severity="error",
        blocks=True,
        en=(
            "a merge has left its marks in this article: it is not published",
            "keep one version of the lines between <<<<<<< and >>>>>>>, and delete these lines and =======",
        ),
        fr=(
            "une fusion a laissé ses marques dans cet article : il n’est pas publié",
            "gardez une seule version des lignes entre <<<<<<< et >>>>>>>, et supprimez ces lignes et =======",
        ),
        doc="Git writes both versions of what two people changed into the file, for someone to choose. In code they are an example.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\n---\n<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> other\n",
        good=GOOD,
    ),
    Rule(
        code="article-copy",
        severity="warning",
        blocks=True,
        en=(
            "by its name this is the copy of an article that two people changed at once: it is not published",
            "compare it with the article of the same name, take over what that lacks, and delete the copy; to publish it all the same, rename it",
        ),
        fr=(
            "d’après son nom, c’est la copie d’un article que deux personnes ont modifié en même temps : elle n’est pas publiée",
            "comparez-la à l’article du même nom, reprenez ce qui lui manque, puis supprimez la copie ; pour la publier quand même, renommez-la",
        ),
        doc="Dropbox, Nextcloud, OneDrive, Syncthing and others keep both versions, the second under a name of their own. Published, the article would stand there twice.",
    ),
    Rule(
        code="article-moved",
        severity="warning",
        en=(
            "this file only leads on to {to}: it is no article, and is left out",
            "add its former address to that article: redirects: [/former/address/]",
        ),
        fr=(
            "ce fichier ne fait que mener à {to} : ce n’est pas un article, il est laissé de côté",
            "ajoutez son ancienne adresse à l’article visé : redirects: [/ancienne/adresse/]",
        ),
        doc="A page with Jekyll's redirect_to, or a redirect, and without a text leads to another one. As an article it would be empty. What is published leads on where its redirects say so.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\nredirect_to: /depistage/\n---\n",
        good=GOOD,
    ),
    Rule(
        code="articles-format",
        severity="warning",
        en=(
            "there is no article: {number} files end in {ending}, a form that newsfeed does not read",
            "save them as Markdown (.md) or HTML; pandoc does it for most forms: pandoc file{ending} -o file.md",
        ),
        fr=(
            "il n’y a aucun article : {number} fichiers sont en {ending}, un format que newsfeed ne lit pas",
            "enregistrez-les en Markdown (.md) ou en HTML ; pandoc s’en charge pour la plupart des formats : pandoc fichier{ending} -o fichier.md",
        ),
        doc="Articles are texts in Markdown or HTML. Of a folder without any, the form that most of its texts have is named.",
    ),
    Rule(
        code="article-double",
        severity="warning",
        en=(
            "this file has the name of a copy, and holds the same as the article beside it: it is not published",
            "delete it; for an article of its own, change what it says",
        ),
        fr=(
            "ce fichier porte le nom d’une copie, et contient la même chose que l’article voisin : il n’est pas publié",
            "supprimez-le ; pour un article à part, modifiez ce qu’il dit",
        ),
        doc="A second download is called “name (1)”, a file dragged within a folder “name - Copy”. Published, the article would stand there twice, and reach subscribers twice.",
    ),
    Rule(
        code="article-encoding",
        severity="error",
        en=(
            "the file is saved in an old Windows encoding, not in UTF-8",
            "save it again as UTF-8; newsfeed check --fix does it",
        ),
        fr=(
            "le fichier est enregistré dans un ancien codage de Windows, et non en UTF-8",
            "enregistrez-le de nouveau en UTF-8 ; newsfeed check --fix s’en charge",
        ),
        doc="Accented letters of Windows-1252 or Latin-1 are other bytes than in UTF-8, which the whole web uses. The article is read as Windows-1252 meanwhile.",
        bad="---\ntitle: Dépistage\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="article-encoding-mixed",
        severity="error",
        en=(
            "some characters are broken: “{character}” is not valid UTF-8",
            "read the article again here, and save it as UTF-8",
        ),
        fr=(
            "des caractères sont abîmés : « {character} » n’est pas de l’UTF-8 valable",
            "relisez l’article à cet endroit, puis enregistrez-le en UTF-8",
        ),
        doc="Text of two encodings was pasted together. newsfeed reads the broken letters as Windows-1252, and someone has to look.",
        bad="---\ntitle: Dépistage dÃ©fini\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="article-characters",
        severity="warning",
        en=(
            "there are {count} invisible characters that feeds forbid, the first being {character}",
            "delete them; newsfeed check --fix does it",
        ),
        fr=(
            "il y a {count} caractères invisibles que les flux interdisent, le premier étant {character}",
            "supprimez-les ; newsfeed check --fix s’en charge",
        ),
        doc="XML forbids control characters (XML 1.0 §2.2): one of them breaks a whole feed. They come from copying out of PDF or Word files, and are left out of what is published.",
        bad="---\ntitle: Dépis\x0ctage\ndate: 2026-01-02\n---\nTexte.\n",
        good=GOOD,
    ),
    Rule(
        code="article-begun",
        severity="warning",
        en=(
            "the sentence that newsfeed new wrote still stands here: the article is held back",
            "write the text in its place, or delete the line",
        ),
        fr=(
            "la phrase écrite par newsfeed new est encore là : l’article n’est pas publié",
            "écrivez le texte à sa place, ou supprimez la ligne",
        ),
        doc="What a new article begins with is there to be replaced. Nobody publishes it by accident.",
        bad="---\ntitle: Octobre rose\ndate: 2026-10-01\n---\n\nLa première phrase dit l’essentiel.\n",
        good=GOOD,
    ),
)
