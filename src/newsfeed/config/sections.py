"""The one table of the keys of ``newsfeed.toml``: their sections, types, defaults, documentation."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Literal, NamedTuple, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct, field

from newsfeed.model import Person

FORMATS: tuple[Literal["atom", "rss", "json"], ...] = ("atom", "rss", "json")


class Key(NamedTuple):
    """A key of newsfeed.toml: its documentation, the ``kind`` that its text must be of, if it must
    be there."""

    doc: str
    kind: str = ""
    required: bool = False


class Site(Struct, frozen=True, kw_only=True):
    title: Annotated[
        str, Key("The site's name, in feeds, pages and letters.", required=True, kind="line")
    ] = ""
    url: Annotated[str, Key("Where the site is served.", kind="site-url", required=True)] = ""
    language: Annotated[str, Key("Main language, a BCP 47 tag.", kind="language")] = "en"
    timezone: Annotated[
        str, Key("IANA time zone of dates that bear none, and of printed dates.", kind="zone")
    ] = "UTC"
    description: Annotated[str, Key("One sentence on what the site is about.")] = ""
    author: Annotated[
        Person | None, Key("Who publishes: the author of articles that name none.")
    ] = None
    notice: Annotated[str, Key("Legal notice, in the footer of pages and letters.")] = ""
    rights: Annotated[str | None, Key("Copyright line of the feeds.")] = None
    logo: Annotated[str | None, Key("Logo: a file of the site's folder, or an absolute URL.")] = (
        None
    )
    output: Annotated[str, Key("The folder that is written, unless -o names another.")] = "public"
    logo_dark: Annotated[
        str | None,
        Key(
            "The logo for dark grounds, such as the masthead of letters, and pages in the dark: a "
            "file, or an absolute URL."
        ),
    ] = None
    icon: Annotated[str | None, Key("Small square picture: a file, or an absolute URL.")] = None


class Items(Struct, frozen=True, kw_only=True):
    path: Annotated[str, Key("The folder of articles. It may lie outside the site's folder.")] = (
        "items"
    )
    fields: Annotated[
        Mapping[str, tuple[str, ...]],
        Key(
            "Which front-matter keys give a field, first match wins, such as "
            'published = ["pubDate", "date"].'
        ),
    ] = field(default_factory=dict)
    typography: Annotated[bool, Key("Apply the language's typography to what is published.")] = True
    date_order: Annotated[
        Literal["", "dmy", "mdy"], Key("How to read a date such as 03/04/2026.")
    ] = ""
    shortcodes: Annotated[
        Mapping[str, str],
        Key(
            "What shortcodes and components of the site's own are: picture, link, quotation, note, "
            'details, recording, text, nothing; such as { "legacy-img" = "picture" }.',
            kind="shortcodes",
        ),
    ] = field(default_factory=dict)
    max_attachment_mb: Annotated[int, Key("Warn of attachments above this size, in megabytes.")] = (
        10
    )
    attachments: Annotated[
        tuple[str, ...],
        Key(
            "Which other files articles may publish, by their endings, such as html: a browser opens "
            "them on the site's own address, where they can do what its pages can. Pictures, sound, "
            "films, documents, archives and data always may; svg without a script."
        ),
    ] = ()


class Feeds(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Key("How many of the newest items a feed holds.", kind="positive")] = 20
    formats: Annotated[
        tuple[Literal["atom", "rss", "json"], ...], Key("Which formats to write.")
    ] = FORMATS
    content: Annotated[Literal["full", "summary"], Key("Whole articles, or summaries alone.")] = (
        "full"
    )
    per: Annotated[
        tuple[Literal["category", "tag", "author", "language"], ...],
        Key("Also a set of feeds for each of these."),
    ] = ()
    main_language: Annotated[
        str,
        Key(
            "Of articles that are translations of each other a feed holds the one in this language; by "
            "default the site's. The others stand in a feed of their language. `all` holds every "
            "version.",
            kind="main-language",
        ),
    ] = ""
    archive: Annotated[bool, Key("Keep older items in archive pages (RFC 5005).")] = False
    archive_size: Annotated[
        int, Key("How many items a closed archive page holds.", kind="positive")
    ] = 50
    removed_days: Annotated[
        int, Key("How long a removed item is announced (RFC 6721), in days.")
    ] = 90
    hub: Annotated[str | None, Key("WebSub hub.", kind="url")] = None
    atom: Annotated[
        str, Key("The file of the Atom feed, such as feed.xml or blog/atom.xml.", kind="file")
    ] = "atom.xml"
    rss: Annotated[str, Key("The file of the RSS feed, such as index.xml.", kind="file")] = (
        "rss.xml"
    )
    json: Annotated[str, Key("The file of the JSON Feed.", kind="file")] = "feed.json"
    category: Annotated[
        Mapping[str, str],
        Key(
            "The files of a category's feeds by format, {slug} being its name: "
            '{ atom = "feed/{slug}.xml" }. By default categories/{slug}/ and the name of the '
            "site's file.",
            kind="files",
        ),
    ] = field(default_factory=dict)
    tag: Annotated[Mapping[str, str], Key("The same for tags.", kind="files")] = field(
        default_factory=dict
    )
    author: Annotated[Mapping[str, str], Key("The same for authors.", kind="files")] = field(
        default_factory=dict
    )
    language: Annotated[Mapping[str, str], Key("The same for languages.", kind="files")] = field(
        default_factory=dict
    )
    opml: Annotated[bool, Key("Write feeds.opml, the list of all feeds.")] = True


class Pages(Struct, frozen=True, kw_only=True):
    enabled: Annotated[bool, Key("Write news pages.")] = True
    item: Annotated[
        str,
        Key(
            "Where an item's page lies: {year}, {month}, {day}, {slug} (that of front matter, else "
            "the file's {name}), {title}, {category}, {categories}, {folder}, {file} (with the day "
            "in it), {path}, {lang}, {short_year}, {i_month}, {i_day}, {y_day}, {hour}, {minute}, "
            "{second}; {slug|title} is the first that is there.",
            kind="pattern",
        ),
    ] = "items/{year}/{month}/{slug}.html"
    slugs: Annotated[
        Literal[
            "",
            "jekyll",
            "hugo",
            "zola",
            "pelican",
            "astro",
            "mkdocs",
            "eleventy",
            "docusaurus",
            "hexo",
        ],
        Key(
            "Whose rules make a part of an address of a title or a name, where that tool writes "
            "the pages; by default newsfeed's own."
        ),
    ] = ""
    per_page: Annotated[
        int,
        Key(
            "How many items a page of a list shows; its first page, give or take half, so that older "
            "pages never change.",
            kind="positive",
        ),
    ] = 20
    lists: Annotated[
        tuple[Literal["news", "category", "tag", "author", "language"], ...],
        Key("Which lists to write, in pages: all news, and one for each of these."),
    ] = ("news", "category", "tag", "author", "language")
    picture_widths: Annotated[
        tuple[int, ...],
        Key(
            "In which widths pages offer pictures beside their own, in pixels; [] for none.",
            kind="widths",
        ),
    ] = (480, 960, 1600)
    search: Annotated[bool, Key("Write the search index and its script.")] = True
    elsewhere: Annotated[
        tuple[str, ...],
        Key(
            "What another program serves below the site's address, as paths such as equipe/: a link "
            "there is not dead."
        ),
    ] = ()
    host: Annotated[
        Literal["none", "netlify", "cloudflare"],
        Key("Where the site is served, for a host that reads a _headers file."),
    ] = "none"


class SignUp(Struct, frozen=True, kw_only=True):
    """Where one subscribes: a page at ``action``, or a form that goes there.

    A form has a field called ``email``, and the hidden ``fields`` that the service's own one has.
    """

    action: str
    email: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


class Newsletter(Struct, frozen=True, kw_only=True):
    enabled: Annotated[bool, Key("Write the letters.")] = True
    title: Annotated[str, Key("The letter's name; by default the site's title.", kind="line")] = ""
    titles: Annotated[
        Mapping[str, str],
        Key("The letter's name in other languages than the site's.", kind="by-language"),
    ] = field(default_factory=dict)
    notices: Annotated[
        Mapping[str, str],
        Key("The legal notice in letters of other languages.", kind="by-language"),
    ] = field(default_factory=dict)
    from_: Annotated[Person | None, Key("Who sends the letter.")] = None
    reply_to: Annotated[str | None, Key("Where answers go, an e-mail address.", kind="email")] = (
        None
    )
    address: Annotated[str, Key("Postal address, in the footer.")] = ""
    subscribe: Annotated[
        SignUp | None,
        Key(
            "Where one subscribes: an address, or the form of your service as "
            '{ action = "https://…", email = "EMAIL", fields = { u = "…" } }.'
        ),
    ] = None
    unsubscribe: Annotated[str | None, Key("Where one unsubscribes.", kind="unsubscribe")] = None
    unsubscribe_email: Annotated[
        str | None, Key("Where one unsubscribes by e-mail.", kind="email")
    ] = None
    one_click: Annotated[
        bool,
        Key(
            "The address of newsletter.unsubscribe knows the reader: mail programs may unsubscribe "
            "with one click (RFC 8058)."
        ),
    ] = False
    layout: Annotated[
        Literal["magazine", "bulletin", "essay"],
        Key(
            "The letter's layout: several articles with pictures, a plain list, or one article whole."
        ),
    ] = "magazine"
    esp: Annotated[
        tuple[str, ...],
        Key(
            "The mailing service, or several: mailchimp, brevo, listmonk, buttondown, ghost, keila, "
            "mailerlite, mailjet, mautic, phplist, postmark, sendy, ses, none. A table of merge tags stands "
            "for any other: { unsubscribe, web, address, address_text }.",
            kind="esp",
        ),
    ] = ("none",)
    tags: Annotated[
        Mapping[str, str],
        Key(
            "The merge tags of the service `own`, which a table in newsletter.esp is.", kind="tags"
        ),
    ] = field(default_factory=dict)
    max_kb: Annotated[int, Key("The largest HTML of a letter, in kilobytes.", kind="positive")] = 90
    limit: Annotated[
        int, Key("How many items a letter without an issue file holds.", kind="positive")
    ] = 8
    utm: Annotated[
        Mapping[str, str], Key("Parameters added to links to the site, such as utm_source.")
    ] = field(default_factory=dict)
    embed_images: Annotated[bool, Key("Put the pictures inside the .eml file.")] = False
    draft: Annotated[bool, Key("Mark the .eml so that a mail program opens it as a draft.")] = False


class Podcast(Struct, frozen=True, kw_only=True):
    """What podcast directories ask of a show. Its title, language and description are the site's."""

    categories: Annotated[
        tuple[str, ...],
        Key(
            "Apple's categories, the first one counting most: “Technology”, “Society & Culture > "
            "Documentary”.",
            kind="podcast-categories",
        ),
    ] = ()
    explicit: Annotated[
        bool | None, Key("Whether the show is not for all ears. Unsaid, nothing is claimed.")
    ] = None
    image: Annotated[
        str | None,
        Key(
            "The show's picture, a JPEG or PNG of 1400 to 3000 pixels on each side: a file of the "
            "site's folder, or an absolute URL; by default the logo."
        ),
    ] = None
    author: Annotated[
        str | None, Key("Who makes the show; by default the site's author.", kind="line")
    ] = None
    owner: Annotated[
        Person | None, Key("Whom directories write to; by default the site's author.")
    ] = None
    type: Annotated[
        Literal["", "episodic", "serial"],
        Key("`serial` for episodes that are to be heard in order, all of them numbered."),
    ] = ""
    media: Annotated[
        str | None,
        Key("Where recordings lie that articles name without an address, such as a media host.",
            kind="url"),
    ] = None  # fmt: skip
    block: Annotated[bool, Key("Ask directories to leave the show out.")] = False
    complete: Annotated[bool, Key("No further episode will come.")] = False
    new_feed_url: Annotated[
        str | None, Key("The feed's new address, for a show that moves.", kind="url")
    ] = None
    guid: Annotated[
        str | None, Key("The show's guid (Podcasting 2.0), if it has one already.", kind="uuid")
    ] = None
    locked: Annotated[
        bool | None, Key("Whether other hosts may not import the show (Podcasting 2.0).")
    ] = None
    medium: Annotated[
        str | None,
        Key("What the feed holds: podcast, music, audiobook … (Podcasting 2.0).", kind="medium"),
    ] = None
    funding: Annotated[
        Mapping[str, str],
        Key('Where listeners may give: { "Support the show" = "https://…" } (Podcasting 2.0).',
            kind="urls"),
    ] = field(default_factory=dict)  # fmt: skip
    hosts: Annotated[tuple[Person, ...], Key("Who hosts the show (Podcasting 2.0).")] = ()
    location: Annotated[
        str, Key("The place that the show is about (Podcasting 2.0).", kind="line")
    ] = ""
    geo: Annotated[str | None, Key("That place as a geo: URI (RFC 5870).", kind="geo")] = None
    license: Annotated[
        str, Key("The licence: an SPDX identifier, or a name (Podcasting 2.0).", kind="line")
    ] = ""
    license_url: Annotated[str | None, Key("Where the licence's text is.", kind="url")] = None


class Check(Struct, frozen=True, kw_only=True):
    """Which problems are not to be said. What keeps an article from being published always is."""

    ignore: Annotated[
        tuple[str, ...],
        Key("Rules that are not said, such as summary-long; `letter-*` for all that begin so."),
    ] = ()
    per_file_ignores: Annotated[
        Mapping[str, tuple[str, ...]],
        Key('Rules that are not said of some files: { "items/old/*" = ["html-look"] }.'),
    ] = field(default_factory=dict)
    baseline: Annotated[
        str, Key("The file of problems that were there before: `newsfeed check --baseline`.")
    ] = "newsfeed.baseline"


class Brand(Struct, frozen=True, kw_only=True):
    accent: Annotated[str, Key("Main colour, as #rrggbb.", kind="colour")] = "#0f4c5c"
    highlight: Annotated[str, Key("Second colour, for small marks, as #rrggbb.", kind="colour")] = (
        "#a34a00"
    )
    font: Annotated[str, Key("Font stack of running text.")] = ""
    heading_font: Annotated[str, Key("Font stack of headings.")] = ""


class Config(Struct, frozen=True, kw_only=True):
    """Everything ``newsfeed.toml`` says, checked and with defaults."""

    site: Site
    items: Items = field(default_factory=Items)
    feeds: Feeds = field(default_factory=Feeds)
    pages: Pages = field(default_factory=Pages)
    newsletter: Newsletter = field(default_factory=Newsletter)
    podcast: Podcast = field(default_factory=Podcast)
    check: Check = field(default_factory=Check)
    brand: Brand = field(default_factory=Brand)
    written: frozenset[str] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.site.timezone)

    @property
    def domain(self) -> str:
        """The site's host name, as it stands in ids."""
        return urlsplit(self.site.url).hostname or ""


SECTIONS = ("site", "items", "feeds", "pages", "newsletter", "podcast", "check", "brand")


def settings(config: Config) -> Iterator[tuple[str, object]]:
    """Yield every key with its value, in the order of the table."""
    for section in SECTIONS:
        part = getattr(config, section)
        for name in part.__struct_fields__:
            yield f"{section}.{name.rstrip('_')}", getattr(part, name)


class Declared(NamedTuple):
    """A key as its section declares it: its ``name`` there, its type, its default, and the `Key`."""

    name: str
    type: object
    default: object
    key: Key


@cache
def declared(section: str) -> dict[str, Declared]:
    """Return the keys of a section by the name that they have in newsfeed.toml."""
    part = Config.__annotations__[section]
    found = {}
    for each in msgspec.structs.fields(part):
        kind, key = get_args(part.__annotations__[each.name])
        default = {} if each.default is msgspec.NODEFAULT else each.default
        found[each.name.rstrip("_")] = Declared(each.name, kind, default, key)
    return found


def keys() -> Iterator[tuple[str, object, object, str]]:
    """Yield (dotted name, type, default, documentation) of every key."""
    for section in SECTIONS:
        for name, each in declared(section).items():
            yield f"{section}.{name}", each.type, each.default, each.key.doc
