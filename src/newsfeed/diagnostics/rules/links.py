"""Rules about links: what they lead to, and what leads nowhere."""

from __future__ import annotations

from newsfeed.diagnostics.rules.rule import FRONT, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="link-dead",
        severity="warning",
        en=(
            "“{url}” leads to no article, page or file of this site",
            "correct the link; paths are relative to the article. What another program serves "
            "there belongs in pages.elsewhere",
        ),
        fr=(
            "« {url} » ne mène à aucun article, page ou fichier du site",
            "corrigez le lien ; les chemins partent de l’article. Ce qu’un autre programme sert "
            "là se nomme dans pages.elsewhere",
        ),
        doc="A reader who follows it gets an error page.",
    ),
    Rule(
        code="link-hidden",
        severity="warning",
        en=(
            "“{url}” leads to an article that is not public",
            "publish that article, or remove the link; its text is kept",
        ),
        fr=(
            "« {url} » mène à un article qui n’est pas public",
            "publiez cet article ou retirez le lien ; son texte est gardé",
        ),
        doc="The target is a draft, scheduled for later, or expired, or the source of an article that newsfeed does not read: sources are never published, not even through a link or as a picture.",
    ),
    Rule(
        code="link-outside",
        severity="error",
        blocks=True,
        en=(
            "this link leads out of the folders whose files may be published",
            "copy the file here instead",
        ),
        fr=(
            "ce lien symbolique mène hors des dossiers dont les fichiers peuvent être publiés",
            "copiez plutôt le fichier ici",
        ),
        doc="Articles are written by many hands: none may publish a file from elsewhere on the machine, "
        "nor a hidden one, a setting or the source of a page. Links may lead into the folder of "
        "articles, `static/` and the folders of pictures that docs/articles.md names.",
    ),
    Rule(
        code="link-loop",
        severity="error",
        blocks=True,
        en=("this link leads to a folder that holds it", "remove the link"),
        fr=("ce lien symbolique mène à un dossier qui le contient", "supprimez le lien"),
        doc="Followed, it would never end.",
    ),
    Rule(
        code="link-insecure",
        severity="warning",
        en=("“{url}” is http, and this site is https", "write https://"),
        fr=("« {url} » est en http, et ce site en https", "écrivez https://"),
        doc="Browsers refuse or flag pictures that are fetched without encryption.",
        bad="---\ntitle: Un\ndate: 2026-01-02\n---\n![Un plan](http://www.example.net/plan.png)\n",
        good="---\ntitle: Un\ndate: 2026-01-02\n---\n![Un plan](https://www.example.net/plan.png)\n",
    ),
    Rule(
        code="anchor-dead",
        severity="warning",
        en=(
            "“{url}” leads to a place that the other article does not have",
            "correct what follows the #, or remove it",
        ),
        fr=(
            "« {url} » mène à un endroit que l’autre article n’a pas",
            "corrigez ce qui suit le #, ou retirez-le",
        ),
        doc="The reader lands at the top of the page and searches.",
    ),
    Rule(
        code="anchor-missing",
        severity="warning",
        en=("the link “#{name}” leads to no part of this article", "use one of: {known}"),
        fr=(
            "le lien « #{name} » ne mène à aucune partie de cet article",
            "employez l’un de ceux-ci : {known}",
        ),
        doc="A link within an article names a heading, in small letters with hyphens, or an id.",
        bad=FRONT + "[Dates](#when)\n\n## Dates\n",
        good=FRONT + "[Dates](#dates)\n\n## Dates\n",
    ),
    Rule(
        code="address-mended",
        severity="info",
        en=("“{what}” is no whole address, and is read as {better}", "write {better}"),
        fr=(
            "« {what} » n’est pas une adresse entière ; c’est lu comme {better}",
            "écrivez {better}",
        ),
        doc="Without its scheme an address of the web or of a person is a path of this site, which leads to an error page.",
        bad=FRONT + "[The institute](www.cancer.fr), [write to us](news@example.org)\n",
        good=FRONT
        + "[The institute](https://www.cancer.fr), [write to us](mailto:news@example.org)\n",
    ),
    Rule(
        code="address-wrapped",
        severity="info",
        en=(
            "the address counts, or names, those who follow it: it is {better} now",
            "write {better}",
        ),
        fr=(
            "l’adresse compte ceux qui la suivent, ou les nomme : elle est à présent {better}",
            "écrivez {better}",
        ),
        doc="Google Docs, Outlook and Facebook put such a page before each address that is copied from them; Outlook's holds the e-mail address of whoever received the message first. Facebook, Mailchimp, HubSpot and others add a mark of the person who was sent the address (fbclid, mc_eid).",
        bad=FRONT + "[Report](https://www.google.com/url?q=https://www.cancer.fr/report&sa=D)\n",
        good=FRONT + "[Report](https://www.cancer.fr/report)\n",
    ),
    Rule(
        code="address-own-computer",
        severity="error",
        en=(
            "“{what}” lies on one computer, and nobody else can open it",
            "put the file beside the article, and write its name alone",
        ),
        fr=(
            "« {what} » se trouve sur un seul ordinateur : personne d’autre ne peut l’ouvrir",
            "placez le fichier à côté de l’article, et écrivez seulement son nom",
        ),
        doc="A path of Windows or an address that begins with file: means something on the disk of who wrote it alone. The text stays.",
        bad=FRONT + "[Report](file:///C:/report.pdf)\n",
        good=FRONT + "[Report](report.pdf)\n",
    ),
    Rule(
        code="link-preview",
        severity="warning",
        en=(
            "“{url}” opens on one computer, or in one network, alone",
            "write the address that the page has on the web",
        ),
        fr=(
            "« {url} » ne s’ouvre que sur un ordinateur, ou dans un réseau",
            "écrivez l’adresse que la page a sur le web",
        ),
        doc="Copied from a browser that shows a preview (localhost, 127.0.0.1) or a page of the office (intranet, 192.168.1.20, files.local), it works for its author alone.",
    ),
    Rule(
        code="address-refused",
        severity="warning",
        en=(
            "the link “{what}” loses its address",
            "write an address that begins with https://, mailto: or tel:",
        ),
        fr=(
            "le lien « {what} » perd son adresse",
            "écrivez une adresse qui commence par https://, mailto: ou tel:",
        ),
        doc="An address such as javascript: runs code; others mean something to one program alone.",
        bad=FRONT + "[Report](about:blank)\n",
        good=FRONT + "[Report](report.pdf)\n",
    ),
)
