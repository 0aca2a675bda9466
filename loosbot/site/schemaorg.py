"""What search engines and catalogues read in a page: schema.org, as JSON-LD in its head.

It says nothing that the page does not show. Inhabitants are named as contributors where the page
names them, and have no entry of their own; what is unknown is left out, and so are ids, which may
hold the name of somebody who is not told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus import french
from loosbot.corpus.check.authorship import is_retold
from loosbot.corpus.model import Record
from loosbot.corpus.values import known
from loosbot.fields.site import Site
from loosbot.render.dublincore import parts

_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
"""Of the words of voices."""
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_PERSON = "personne"


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
    return _script(_KINDS.get(record.type, _page)(record, site))


def _page(record: Record, site: Site) -> dict[str, Any]:
    return {"@type": "WebPage", "name": record.title, **_summary(record, site), **_common(site)}


def _story(record: Record, site: Site) -> dict[str, Any]:
    elements = dict(parts(record, site))
    town = _town(site)
    if is_retold(record.data):
        author: Any = town
        based: Any = {"isBasedOn": _works(elements["retracé"])}
    else:
        author, based = _named("Person", elements["plume"]), {}
    film = elements["film"]
    return {
        "@type": "CreativeWork",
        "name": record.title,
        "author": author,
        "contributor": _named("Person", elements["voix"]),
        "dateCreated": _day(elements["date"]),
        "keywords": elements["thèmes"],
        "spatialCoverage": _named("Place", elements["lieux"]),
        "about": _works(elements["en rapport"]),
        "video": {"@type": "VideoObject", "name": record.title, "url": film[0]} if film else None,
        "license": _LICENCE,
        **based,
        **_summary(record, site),
        **_common(site),
    }


def _meeting(record: Record, site: Site) -> dict[str, Any]:
    elements = dict(parts(record, site))
    return {
        "@type": "Event",
        "name": record.title,
        "startDate": _day(elements["date"]),
        "location": _named("Place", elements["lieux"])
        or {"@type": "Place", "name": _commune(site)},
        "organizer": _town(site),
        **_summary(record, site),
    }


def _place(record: Record, site: Site) -> dict[str, Any]:
    point = record.data.get("coordonnees")
    geo = None
    if isinstance(point, Mapping) and {"latitude", "longitude"} <= point.keys():
        geo = {
            "@type": "GeoCoordinates",
            "latitude": point["latitude"],
            "longitude": point["longitude"],
        }
    return {"@type": "Place", "name": record.title, "geo": geo, **_summary(record, site)}


def _organisation(record: Record, site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": record.title, **_summary(record, site)}


def _project(record: Record, site: Site) -> dict[str, Any]:
    elements = dict(parts(record, site))
    return {
        "@type": "Project",
        "name": record.title,
        "keywords": elements["thèmes"],
        "location": _named("Place", elements["lieux"]),
        **_summary(record, site),
    }


_KINDS = {
    "recit": _story,
    "reunion": _meeting,
    "lieu": _place,
    "acteur": _organisation,
    "projet": _project,
    "fifty-fifty": _project,
}


def _summary(record: Record, site: Site) -> dict[str, Any]:
    (summary,) = dict(parts(record, site))["résumé"]
    return {"description": summary}


def _common(site: Site) -> dict[str, Any]:
    """Of a work; a place, a meeting or a body is published by nobody."""
    return {"inLanguage": site.corpus.config.langue, "publisher": _town(site)}


def _commune(site: Site) -> str:
    return site.corpus.config.commune or site.corpus.config.corpus


def _town(site: Site) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": f"Commune {french.of(_commune(site))}"}


def _named(kind: str, names: list[str]) -> list[dict[str, Any]]:
    return [{"@type": kind, "name": name} for name in names]


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
