"""What search engines and catalogues read in a page: schema.org, as JSON-LD in its head.

It says nothing that the page does not show. Inhabitants are named as contributors where the page
names them, and have no entry of their own; what is unknown is left out, and so are ids, which may
hold the name of somebody who is not told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from loosbot.corpus import french
from loosbot.corpus.check.authorship import is_retold
from loosbot.corpus.model import Record
from loosbot.corpus.values import STATES, known, point
from loosbot.fields.site import Site, references
from loosbot.render.dublincore import parts

_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
"""Of the words of voices."""
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_PERSON = "personne"

Elements = Mapping[str, list[str]]
"""What :func:`parts` gives of a record, by name."""


def home(site: Site) -> str:
    """The head of the first page."""
    return _script({"@type": "WebSite", "name": _commune(site), **_common(site)})


def page(title: str, site: Site, *, collection: bool = False) -> str:
    """The head of a page of method, or of an index."""
    kind = "CollectionPage" if collection else "WebPage"
    return _script({"@type": kind, "name": title, **_common(site)})


def record(record: Record, site: Site) -> str:
    """The head of a record's page; a person has none."""
    if record.type == "acteur" and known(record.data.get("genre")) == _PERSON:
        return ""
    kind, about = _KINDS.get(record.type, ("WebPage", _nothing))
    elements = dict(parts(record, site))
    (summary,) = elements["résumé"]
    own = about(record, elements, site)
    work = _common(site) if kind in _WORKS else {}
    node = {"@type": kind, "name": record.title, **work, **own, "description": summary}
    return _script(node)


def _nothing(record: Record, elements: Elements, site: Site) -> dict[str, Any]:
    return {}


def _story(record: Record, elements: Elements, site: Site) -> dict[str, Any]:
    if is_retold(record.data):
        author: Any = _town(site)
        based: Any = {"isBasedOn": _works(elements["retracé"])}
    else:
        author, based = _named("Person", elements["plume"]), {}
    film = elements["film"]
    return {
        "author": author,
        "contributor": _named("Person", elements["voix"]),
        "dateCreated": _day([known(record.data.get("date"))]),
        # the year is that of what is told
        "temporalCoverage": _day([known(record.data.get("annee"))]),
        "inLanguage": elements["langue"],
        "keywords": elements["thèmes"],
        "spatialCoverage": _named("Place", elements["lieux"]),
        "about": [
            *_named("Project", _labels(record, "projet", site)),
            *_works(_labels(record, "repond_a", site)),
        ],
        "video": {"@type": "VideoObject", "name": record.title, "url": film[0]} if film else None,
        "license": _LICENCE,
        **based,
    }


def _meeting(record: Record, elements: Elements, site: Site) -> dict[str, Any]:
    return {
        "startDate": _day(elements["date"]),
        "location": _named("Place", elements["lieux"])
        or {"@type": "Place", "name": _commune(site)},
        "organizer": _town(site),
    }


def _place(record: Record, elements: Elements, site: Site) -> dict[str, Any]:
    if (place := point(record.data.get("coordonnees"))) is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": place[0], "longitude": place[1]}}


def _project(record: Record, elements: Elements, site: Site) -> dict[str, Any]:
    return {"keywords": elements["thèmes"], "location": _named("Place", elements["lieux"])}


_KINDS: Mapping[str, tuple[str, Callable[[Record, Elements, Site], dict[str, Any]]]] = {
    "recit": ("CreativeWork", _story),
    "reunion": ("Event", _meeting),
    "lieu": ("Place", _place),
    "acteur": ("Organization", _nothing),
    "projet": ("Project", _project),
    "fifty-fifty": ("Project", _project),
}
_WORKS = ("CreativeWork", "WebPage")
"""What somebody publishes; a place, a meeting or a body is published by nobody."""


def _common(site: Site) -> dict[str, Any]:
    return {"inLanguage": site.corpus.config.langue, "publisher": _town(site)}


def _commune(site: Site) -> str:
    return site.corpus.config.commune or site.corpus.config.corpus


def _town(site: Site) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": f"Commune {french.of(_commune(site))}"}


def _named(kind: str, names: list[str]) -> list[dict[str, Any]]:
    return [{"@type": kind, "name": name} for name in names]


def _labels(record: Record, key: str, site: Site) -> list[str]:
    return [site.names.label(id_) for id_ in references(record, key) if id_ not in STATES]


def _works(names: list[str]) -> list[dict[str, Any]]:
    return _named("CreativeWork", names)


def _day(dates: list[str]) -> str | None:
    """A date that the vocabulary takes: « été 2018 » is none."""
    return next((text for text in dates if _ISO.fullmatch(text)), None)


def _script(node: Mapping[str, Any]) -> str:
    """The element; empty values are left out, and no text can end it."""
    properties = {key: value for key, value in node.items() if value not in (None, "", [])}
    text = json.dumps({"@context": "https://schema.org", **properties}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>\n'
