"""Every way in which front matter says that an article is not public: one table, and what it finds.

Tools agree on no key and on no word. What is clear holds an article back in silence, as ``draft:
true`` does; what is unclear holds it back too, and is said. Keys are compared without capitals,
accents, spaces, hyphens and underscores.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from newsfeed.content.fields import truth
from newsfeed.content.frontmatter import Step, Value
from newsfeed.text.regex import regex

Kind = Literal["yes", "no", "word", "any", "null"]
Verdict = Literal["", "public", "held", "unclear"]


class Mark(NamedTuple):
    """A kind of key: what its values mean, and the keys, each beside the tool that has it.

    ``yes`` holds back when it is true, ``no`` when it is false, ``word`` when it is no word of
    `PUBLIC`, ``any`` whatever it holds, ``null`` when it holds nothing. A ``loose`` key has other uses too: only a value that clearly
    holds back counts. What a ``doubtful`` one holds back is said. ``better`` is the value that
    publishes. A ``strong`` key is looked for in every map.
    """

    kind: Kind
    keys: tuple[tuple[str, str], ...]
    better: str
    loose: bool = False
    doubtful: bool = False
    strong: bool = False


def _mark(kind: Kind, better: str, keys: str, *flags: str) -> Mark:
    """Make a mark of keys between semicolons, written ``key`` or ``key (whose)``."""
    pairs = [key.strip().removesuffix(")").partition(" (") for key in keys.split(";")]
    return Mark(
        kind,
        tuple((key, whose) for key, _, whose in pairs),
        better,
        loose="loose" in flags,
        doubtful="doubtful" in flags,
        strong="strong" in flags,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MARKS = (
    _mark(
        "yes",
        "false",
        "draft (Hugo, Zola, Astro, Docusaurus, Decap); isDraft; brouillon; private (Hugo and Hexo"
        " themes, Quartz); isPrivate; privé; privée; unlisted (Docusaurus, Quartz); isUnlisted;"
        " unpublished; dépublié; saveAsDraft (Hashnode)",
        "strong",
    ),
    _mark(
        "yes",
        "false",
        "hidden (Jekyll and Hexo themes); isHidden; caché; cachée; masqué; masquée; invisible;"
        " headless (Hugo); eleventyExcludeFromCollections (Eleventy); dg-hide (Obsidian);"
        " noPublish; doNotPublish; notPublic; nonPublic; nonPublié; confidential; confidentiel;"
        " secret; restricted; réservé; embargo; embargoed; sous embargo; deleted; isDeleted;"
        " supprimé; trashed; trash; discarded; expired; expiré; retired (Nikola);"
        " disabled; isDisabled; désactivé; wip; workInProgress; ignorePost (Hashnode)",
    ),
    _mark(
        "yes",
        "false",
        "members; membersOnly (Ghost themes); memberOnly; subscribersOnly; subscriberOnly;"
        " registeredOnly; loginRequired; requiresLogin; requireLogin; requireAuth; authRequired;"
        " login; paid; paidOnly; premium; paywall; paywalled; payant; abonnés; membres;"
        " emailOnly (Ghost); newsletterOnly; internal; internalOnly; interne; protected; isProtected;"
        " protégé; encrypt (Hexo); encrypted; hide; skip; ignore; ignored; exclude; excluded; scheduled;"
        " inactive; removed; pending; underReview; needsReview",
        "loose",
    ),
    _mark(
        "yes",
        "false",
        "hiddenInHomeList (PaperMod); hiddenFromHomePage (LoveIt); hideFromHomePage; hiddenFromRss"
        " (FixIt); hiddenFromFeed (FixIt); hideFromFeed; hideFromRss; excludeFromFeed; excludeFromRss;"
        " excludeFromFeeds; excludeFromCollections; rssIgnore (Hugo); rssExclude; feedExclude; noFeed;"
        " noRss; skipFeed; skipRss; hideFromList; hideInList; hideFromLists",
        "doubtful",
    ),
    _mark(
        "no",
        "true",
        "published (Jekyll, Hexo, Decap, dev.to); publish (Obsidian, Quartz); isPublished; publié;"
        " publiée; isPublic",
        "strong",
    ),
    _mark("no", "true", "public; publique", "loose", "strong"),
    _mark(
        "no",
        "true",
        "publier; publishable; publiable; dg-publish (Obsidian); approved; isApproved; approuvé;"
        " validé; released; isReleased; isLive; isVisible; isActive; isEnabled; routable (Grav)",
    ),
    _mark(
        "no",
        "true",
        "visible (Grav); listed; live; online; en ligne; enabled; active; show; display; render (Zola);"
        " indexing (Hexo); discoverable; makeDiscoverable (Bear)",
        "loose",
        "doubtful",
    ),
    _mark(
        "no",
        "true",
        "feed (VuePress); rss; inFeed; inRss; showInFeed; showInRss; includeInFeed; includeInRss;"
        " article (VuePress)",
        "loose",
        "doubtful",
    ),
    _mark(
        "word",
        "published",
        "status (WordPress, Ghost, Pelican, Nikola, Buttondown, Statamic); statut; post_status"
        " (WordPress, Micropub); postStatus; articleStatus; publishStatus; publicationStatus;"
        " publishingStatus; publishState; moderation_state (Drupal); workflowState; workflowStatus;"
        " contentStatus; entryStatus; docStatus; _wp_trash_meta_status; etatPublication",
        "strong",
    ),
    _mark(
        "word",
        "public",
        "visibility (Ghost, WordPress, Micropub); visibilité; post_visibility; contentVisibility;"
        " privacy; privacyLevel; confidentialité; confidentiality; access; accessLevel; contentAccess;"
        " accès; access_role (WordPress); _members_access_role (WordPress); allowedRoles; restrictTo;"
        " restrictedTo; visibleTo; viewableBy; acl; publishTo; email_type (Buttondown)",
        "strong",
    ),
    _mark(
        "word",
        "published",
        "state; état; stage; phase; workflow; type; post_type; layout; audience (Substack); readers;"
        " réservé à; reserved for; lifecycle; étape; classification",
        "loose",
    ),
    _mark("no", "/my-article/", "permalink (Eleventy)", "loose", "doubtful"),
    _mark("null", "2026-11-23", "published_at (Ghost, Strapi); datePublished", "doubtful"),
    _mark("word", "always", "build.render (Hugo); build.list (Hugo)"),
    _mark(
        "any",
        "",
        "password (WordPress, hexo-blog-encrypt, LoveIt); post_password (WordPress); passphrase;"
        " passwd; pwd; mot de passe; mdp; deleted_at; trashed_at; tiers (Ghost)",
    ),
)

PUBLIC = _words(
    "publish published publishing public publicly sent imported live online final featured "
    "released active visible listed new updated open everyone everybody anyone all free world "
    "always publie publiee publique en-ligne paru parue diffuse diffusee ouvert ouverte tous "
    "tout-le-monde gratuit publicado publicada publico publica veroffentlicht offentlich "
    "oeffentlich pubblicato pubblicata pubblico pubblica gepubliceerd openbaar evergreen "
    "budding seedling stable current"
)
"""Words that say that an article is public; a word that is not among them holds it back."""
CLEARLY_HELD = _words(
    "draft drafts auto-draft hidden private privately unpublished unlisted trash trashed "
    "members-only paid paid-only only-paid only-free founding premium subscribers-only "
    "password protected password-protected brouillon brouillons prive privee prives privees "
    "masque masquee corbeille non-publie non-publiee depublie depubliee borrador entwurf "
    "bozza rascunho privado privada privat privato"
)
"""Words that hold back even where the key has other uses."""
HELD = CLEARLY_HELD | _words(
    "scheduled skip pending future inherit member members paid subscriber subscribers tiers "
    "filter retired internal confidential restricted secret deleted removed disabled inactive "
    "review in-review under-review needs-review pending-review in-progress wip never none "
    "nobody no-one cache cachee planifie planifiee programme programmee supprime supprimee "
    "en-attente en-cours en-relecture a-relire a-valider non-repertorie membres abonnes "
    "interne confidentiel confidentielle reserve reservee reserve-aux-membres protege "
    "protegee concept admin administrator revision login only registered logged-in"
)
"""Words that hold back in silence; what is in neither list holds back as well, and is said."""
LABELS = _words(
    "draft drafts brouillon brouillons private prive privee prives privees unlisted unpublished "
    "non-publie non-publiee do-not-publish entwurf borrador bozza rascunho"
)
"""Tags and categories that hold back, and are said, unless a key says that the article is public."""
NULLS = frozenset(("", "~", "null"))

CONTAINERS = _words(
    "params extra data meta metadata custom customfields frontmatter page post article "
    "attributes attrs fields options settings config properties props publishing publication "
    "system cms decap netlifycms wordpress wp ghost hugo jekyll hexo astro docusaurus "
    "eleventy obsidian zola nikola pelican gatsby blog content flags other misc user vars "
    "variables header headers acf donnees parametres champs reglages perso"
)
"""Maps that stand for the article itself, in which every key of the table counts."""
_OF_OTHER_THINGS = _words(
    "image images cover featuredimage featureimage heroimage ogimage thumbnail banner hero "
    "author authors event events link links cta source enclosure enclosures attachment "
    "attachments comments comment toc menu menus nav navigation sidebar sitemap search seo og "
    "opengraph twitter social share sharing gallery resources translations pagination math "
    "footer outputs video audio player podcast itunes podlove series taxonomies"
)
"""Maps in which "private" or "draft" speaks of something else than the article."""

_SEPARATORS = regex(r"[\s_-]+")

FOLDER = "_drafts"
"""What lies below is a draft, in Jekyll and Hexo."""
DOUBTFUL_FOLDERS = _words(
    "draft drafts brouillon brouillons private prive prives unpublished unlisted hidden trash "
    "corbeille wip discarded confidentiel confidential nonpublie nonpublies"
)
"""What lies below is held back, and said, unless the article says itself that it is public."""
_DOUBTFUL_NAME = regex(
    r"(?i)(?:.*\.(?:draft|brouillon|private|prive|wip)|[\[(](?:draft|brouillon|private|wip)[\])].*)"
).fullmatch


class Found(NamedTuple):
    """A key of the table in a front matter: its path, what it holds, and if it is looked at twice.

    ``elsewhere`` says that it stands in a map of which nobody knows what it describes.
    """

    path: tuple[Step, ...]
    value: Value
    mark: Mark
    elsewhere: bool = False


def plain(text: str) -> str:
    """Return ``text`` in small letters, without accents and with hyphens for its spaces."""
    text = text.strip().casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join([char for char in text if not unicodedata.combining(char)])
    return _SEPARATORS.sub("-", text).strip("-")


def _joined(key: str) -> str:
    return plain(key).replace("-", "")


_BY_KEY = {_joined(key): mark for mark in MARKS for key, _ in mark.keys}


@lru_cache(maxsize=16384)
def _known(key: str) -> tuple[str, Mark | None]:
    """Return a key as it is compared, and its mark: ``params.draft`` is one too, as ``wp:status``."""
    name = _joined(key).removeprefix("wp:")
    mark = _BY_KEY.get(name)
    if mark is None and "." in name:
        above, _, last = name.rpartition(".")
        parts = above.split(".")
        if parts[-1] == "build":
            last = f"build.{last}"
            parts = parts[:-1]
        if all(part in CONTAINERS for part in parts):
            mark = _BY_KEY.get(last)
    return name, mark


def mark_of(key: str) -> Mark | None:
    """Return what a key of a front matter says about being public, None for nothing."""
    return _known(key)[1]


def within(key: str, value: Value) -> Iterable[Found]:
    """Return the keys inside the list or map at ``key`` that may say that the article is not public."""
    return _held_in(value, (key,), _known(key)[0], elsewhere=False)


def _inside(
    values: Mapping[str, Value], path: tuple[Step, ...], name: str, *, elsewhere: bool
) -> Iterator[Found]:
    """Yield the keys of the table in the map called ``name``, and in the maps that it holds."""
    for key, value in values.items():
        inner, mark = _known(key)
        if name == "build":
            mark = _BY_KEY.get(f"build.{inner}")
        if mark is not None and (not elsewhere or mark.strong or name == "build"):
            yield Found((*path, key), value, mark, elsewhere and name != "build")
        if type(value) is not str:
            yield from _held_in(value, (*path, key), inner, elsewhere=elsewhere)


def _held_in(
    value: Value, path: tuple[Step, ...], name: str, *, elsewhere: bool
) -> Iterable[Found]:
    """Return what `_inside` yields of the list or map called ``name``."""
    if name in _OF_OTHER_THINGS:
        return ()
    unknown = elsewhere or (name not in CONTAINERS and name != "build")
    if isinstance(value, dict):
        return _inside(value, path, name, elsewhere=unknown)
    if unknown or not any(isinstance(each, dict) for each in value):
        return ()
    return chain.from_iterable(
        _inside(each, (*path, index), name, elsewhere=False)
        for index, each in enumerate(value)
        if isinstance(each, dict)
    )


def verdict(hit: Found) -> Verdict:
    """Return what a key says: nothing, that the article is public, that it is not, or nobody knows."""
    mark, value = hit.mark, hit.value
    null = isinstance(value, str) and value.strip().lower() in NULLS
    if mark.kind == "null":
        return "unclear" if null else ""
    if null and (mark.kind != "no" or mark.loose or not value):
        return ""
    says = _says(mark, value)
    if says != "held" and (mark.loose or hit.elsewhere):
        return ""
    return "unclear" if says == "held" and (mark.doubtful or hit.elsewhere) else says


def _says(mark: Mark, value: Value) -> Verdict:
    meant = truth(value) if isinstance(value, str) else None
    if mark.kind == "any":
        return "held" if value and meant is not False else ""
    if mark.kind == "word":
        return _word(mark, value, meant)
    if meant is None:
        only = mark.kind == "yes" and isinstance(value, str) and plain(value) == "only"
        return "held" if only else "unclear"
    return "held" if meant is (mark.kind == "yes") else "public"


def _word(mark: Mark, value: Value, meant: bool | None) -> Verdict:  # noqa: FBT001 - what a text says
    if meant is not None:
        return "public" if meant else "held"
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    said = [plain(each) if isinstance(each, str) else "" for each in words]
    if said and all(word in PUBLIC for word in said):
        return "public"
    held = CLEARLY_HELD if mark.loose else HELD
    return "held" if any(word in held for word in said) else "unclear"


@lru_cache(maxsize=16384)
def is_label(label: str) -> bool:
    """Tell whether a tag or a category, as ``#draft`` or ``status/draft``, holds an article back."""
    return plain(label.strip("#()[] \t").rpartition("/")[2]) in LABELS


def doubtful_place(path: str) -> str:
    """Return the folder of ``path``, or the part of its name, by which it may be a draft, or ``""``."""
    folder, _, name = path.rpartition("/")
    if found := _doubtful_folder(folder):
        return found
    stem = name.rpartition(".")[0]
    return name if ("." in stem or stem[:1] in "[(") and _DOUBTFUL_NAME(stem) else ""


@lru_cache(maxsize=4096)
def _doubtful_folder(path: str) -> str:
    names = (each for each in path.split("/") if _joined(each) in DOUBTFUL_FOLDERS)
    return next(names, "")
