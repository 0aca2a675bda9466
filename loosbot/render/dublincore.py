"""The notice of a récit: how to cite it, and its Dublin Core in the page itself.

The template writes the second as a ContextObject in a hidden ``span`` (COinS), which Zotero and
harvesters read and which needs no extension and no right on the wiki
(https://en.wikipedia.org/wiki/COinS; format ``info:ofi/fmt:kev:mtx:dc``). It says nothing that the
page does not show, and the call holds plain words: whoever filters or edits a page sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loosbot.corpus.check.authorship import is_retold
from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.corpus.values import several
from loosbot.fields.site import Site, bare, references
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.wikitext.blocks import block_call
from loosbot.wikitext.encoding import Context, Markup, encode

TEMPLATE = "Notice"
_BETWEEN = " ; "
ELEMENTS = {"plume": 9, "voix": 20, "thèmes": 9}
"""So many of each the template has an element for. In one element of COinS Zotero sees one person
or one tag: « Ada E. ; Basile T. » was somebody of that name."""


def notice(record: Record, site: Site) -> Markup:
    """The call of the template; its place is under the content of the page.

    A parameter a line: what a search shows of it is one line.
    """
    values = [
        (key, encode(text, Context.PARAM))
        for name, texts in parts(record, site)
        for key, text in _each(name, texts)
    ]
    return block_call(site.names, TEMPLATE, values)


def _each(name: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    """« voix », « voix 2 »… with a name each; what readers see of several plumes is one text."""
    if name == "plume" and texts[1:]:
        yield "plumes", _BETWEEN.join(texts)
    if name not in ELEMENTS:
        texts = [_BETWEEN.join(texts)]
    for rank, text in enumerate(texts[: ELEMENTS.get(name)], 1):
        yield name if rank == 1 else f"{name} {rank}", text


def parts(record: Record, site: Site) -> Iterator[tuple[str, list[str]]]:
    """The parameters of the template with their values; none for what the récit does not say."""
    data = record.data
    # an id that contains a masked name must not be shown
    yield "identifiant", [] if record.id in site.corpus.unsaid else [record.id]
    yield "titre", [record.title]
    yield "plume", _names(data.get("plume"), site)
    yield "retracé", _known(data.get("d_apres")) if is_retold(data) else []
    speakers = (voice.get("qui") for voice in data.get("voix", ()) if "texte" in voice)
    yield "voix", list(dict.fromkeys(name for who in speakers for name in _names(who, site)))
    themes = vocabulary("theme")
    yield "thèmes", [themes.label(word) for word in _known(data.get("themes"))]
    summary = site.markdown.plain_text(data["resume"]) if data.get("resume") else ""
    yield "résumé", [" ".join(summary.split())]
    day = _known(data.get("date"))[:1]
    yield "date", day
    # the year is that of what is told: no date of the text
    yield "quand", [display(text) for text in day or _known(data.get("annee"))[:1]]
    yield "lieux", _names(data.get("lieu"), site)
    yield "occasion", _known(data.get("occasion"))
    about = [*references(record, "projet"), *references(record, "repond_a")]
    yield "en rapport", [site.names.label(id_) for id_ in about if id_ not in STATES]
    yield "langue", _known(data.get("langue")) or [site.corpus.config.langue]
    yield "film", _known(data.get("video"))
    yield "commune", [site.corpus.config.commune or site.corpus.config.corpus]


def _known(raw: Any) -> list[str]:
    """What is known of a value, as a list of texts."""
    kept = map(bare, several(bare(raw)))
    return [str(value) for value in kept if value is not None and value not in STATES]


def _names(raw: Any, site: Site) -> list[str]:
    return [site.names.label(id_) for id_ in _known(raw)]
