"""Elements of an article that mail programs show badly -> the form that they show well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as markup

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = ("address", "article", "div", "figure", "footer", "header", "li", "p", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIGNED = (*_BLOCKS, *_HEADINGS, "blockquote", "ol", "ul")


def unfold(link: HtmlElement) -> None:
    """Let a link around blocks, such as a card that shows a page, be one around its first words.

    Outlook breaks the link at the first block. Its pictures without a description go: they are the
    other page's icon and its picture, of any size.
    """
    blocks = list(link.iterdescendants(*_BLOCKS, *_HEADINGS))
    leaves = [
        each for each in blocks if next(each.iterdescendants(*_BLOCKS, *_HEADINGS), None) is None
    ]
    first = next((each for each in leaves if str(each.text_content()).strip()), None)
    to = link.get("href")
    if first is None or (link.text or "").strip() or not to:
        return
    wrap(first, markup.Element("a", href=to))
    for image in list(link.iterdescendants("img")):
        if not (image.get("alt") or "").strip():
            image.drop_tree()
    link.drop_tag()


def wrap(element: HtmlElement, inner: HtmlElement) -> None:
    """Put all that ``element`` holds into ``inner``, and that into it."""
    inner.text, element.text = element.text, None
    for child in list(element):
        inner.append(child)
    element.append(inner)


def as_button(link: HtmlElement) -> None:
    """Make a link that stands alone in its paragraph a filled button, as letters have them."""
    around = link.getparent()
    if around is None:
        return
    alone = len(around) == 1 and not (around.text or "").strip() and not (link.tail or "").strip()
    above = around.getparent()
    if around.tag not in ("p", "div") or not alone or above is None:
        return
    link.set("class", "ba")
    link.tail = None
    button = markup.fragment_fromstring(
        '<table role="presentation" border="0" cellpadding="0" cellspacing="0" class="bb"><tr>'
        '<td class="bt"></td></tr></table>'
    )
    button.tail = around.tail
    above.replace(around, button)
    for cell in button.iter("td"):
        cell.append(link)


def turn(element: HtmlElement) -> None:
    """Align a block to the side where its own direction begins: a letter aligns all of its text."""
    if element.tag in _ALIGNED and (way := element.get("dir")) in ("rtl", "ltr"):
        element.set("align", "right" if way == "rtl" else "left")
