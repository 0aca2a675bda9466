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
from loosbot.corpus.check.tellers import is_retold
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


def record(one: Record, site: Site) -> str:
    """The head of a record's page; a person has none."""
    if one.type == "acteur" and known(one.data.get("genre")) == _PERSON:
        return ""
    return _script(_KINDS.get(one.type, _page)(one, site))


def _page(one: Record, site: Site) -> dict[str, Any]:
    return {"@type": "WebPage", "name": one.title, **_summary(one, site), **_common(site)}


def _story(one: Record, site: Site) -> dict[str, Any]:
    said = dict(parts(one, site))
    town = _town(site)
    if is_retold(one.data):
        author: Any = town
        based: Any = {"isBasedOn": _works(said["retracé"])}
    else:
        author, based = _named("Person", said["plume"]), {}
    film = said["film"]
    return {
        "@type": "CreativeWork",
        "name": one.title,
        "author": author,
        "contributor": _named("Person", said["voix"]),
        "dateCreated": _day(said["date"]),
        "keywords": said["thèmes"],
        "spatialCoverage": _named("Place", said["lieux"]),
        "about": _works(said["en rapport"]),
        "video": {"@type": "VideoObject", "name": one.title, "url": film[0]} if film else None,
        "license": _LICENCE,
        **based,
        **_summary(one, site),
        **_common(site),
    }


def _meeting(one: Record, site: Site) -> dict[str, Any]:
    said = dict(parts(one, site))
    return {
        "@type": "Event",
        "name": one.title,
        "startDate": _day(said["date"]),
        "location": _named("Place", said["lieux"]) or {"@type": "Place", "name": _commune(site)},
        "organizer": _town(site),
        **_summary(one, site),
    }


def _place(one: Record, site: Site) -> dict[str, Any]:
    point = one.data.get("coordonnees")
    geo = None
    if isinstance(point, Mapping) and {"latitude", "longitude"} <= point.keys():
        geo = {
            "@type": "GeoCoordinates",
            "latitude": point["latitude"],
            "longitude": point["longitude"],
        }
    return {"@type": "Place", "name": one.title, "geo": geo, **_summary(one, site)}


def _organisation(one: Record, site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": one.title, **_summary(one, site)}


def _project(one: Record, site: Site) -> dict[str, Any]:
    said = dict(parts(one, site))
    return {
        "@type": "Project",
        "name": one.title,
        "keywords": said["thèmes"],
        "location": _named("Place", said["lieux"]),
        **_summary(one, site),
    }


_KINDS = {
    "recit": _story,
    "reunion": _meeting,
    "lieu": _place,
    "acteur": _organisation,
    "projet": _project,
    "fifty-fifty": _project,
}


def _summary(one: Record, site: Site) -> dict[str, Any]:
    (told,) = dict(parts(one, site))["résumé"]
    return {"description": told}


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


def _day(found: list[str]) -> str | None:
    """A date that the vocabulary takes: « été 2018 » is none."""
    return next((one for one in found if _ISO.fullmatch(one)), None)


def _script(said: Mapping[str, Any]) -> str:
    """The element; empty values are left out, and no text can end it."""
    told = {key: value for key, value in said.items() if value not in (None, "", [])}
    text = json.dumps({"@context": "https://schema.org", **told}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>\n'
