"""API answers (formatversion 2) parsed into our data classes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.parsing import whole_number
from loosbot.wiki.revisions import Contribution, FileState, LogEntry, PageState, Revision, SiteInfo
from loosbot.wiki.shape import NotTheApi

Json = Mapping[str, Any]


def revision(raw: Json) -> Revision:
    """One entry of ``prop=revisions``; hidden parts come out empty, a hidden text as None."""
    slot = raw.get("slots", {}).get("main", {})
    content = slot.get("content")
    return Revision(
        id=int(raw["revid"]),
        parent=int(raw.get("parentid", 0)),
        user=str(raw.get("user", "")),
        timestamp=str(raw.get("timestamp", "")),
        comment=str(raw.get("comment", "")),
        size=int(raw.get("size", 0)),
        sha1=str(raw.get("sha1", "")),
        tags=tuple(raw.get("tags", ())),
        text=None if content is None else str(content),
        hidden=bool(raw.get("commenthidden", False)),
    )


def page(raw: Json) -> PageState:
    """One entry of ``query.pages``: found, missing, illegal or special."""
    revisions = raw.get("revisions", [])
    invalid = _reason(raw.get("invalidreason")) if raw.get("invalid") else ""
    if raw.get("special"):
        invalid = "C’est une page spéciale du wiki."
    return PageState(
        title=str(raw.get("title", "")),
        namespace=int(raw.get("ns", 0)),
        pageid=0 if raw.get("missing") else int(raw.get("pageid", 0)),
        redirect=bool(raw.get("redirect", False)),
        revision=revision(revisions[0]) if revisions else None,
        invalid=invalid,
        model=str(raw.get("contentmodel") or "wikitext"),
    )


def _reason(raw: Any) -> str:
    """Why a title is illegal: words, or an object that holds them with errorformat=plaintext."""
    words = raw.get("text", "") if isinstance(raw, Mapping) else raw
    return str(words or "Le wiki refuse ce titre.")


def unreadable(title: str, reason: str) -> PageState:
    """A title that names no page of this wiki."""
    return PageState(title, 0, 0, redirect=False, revision=None, invalid=reason)


def contribution(raw: Json) -> Contribution:
    """One entry of ``list=usercontribs``."""
    return Contribution(
        pageid=int(raw["pageid"]),
        title=str(raw["title"]),
        revision=int(raw["revid"]),
        parent=int(raw.get("parentid", 0)),
        timestamp=str(raw["timestamp"]),
        comment=str(raw.get("comment", "")),
        hidden=bool(raw.get("commenthidden", False)),
    )


def log_entry(raw: Json) -> LogEntry:
    """One entry of ``list=logevents``."""
    return LogEntry(
        id=int(raw["logid"]),
        type=str(raw.get("type", "")),
        action=str(raw.get("action", "")),
        title=str(raw.get("title", "")),
        pageid=int(raw.get("logpage", 0)),
        target=str(raw.get("params", {}).get("target_title", "")),
        user=str(raw.get("user", "")),
        timestamp=str(raw.get("timestamp", "")),
        comment=str(raw.get("comment", "")),
    )


def moment_of(raw: Json, id_: str) -> str:
    """The id and the time of an entry: a wiki that was put back from a backup uses ids again."""
    return f"{raw[id_]} {raw.get('timestamp', '')}"


def file(raw: Json) -> FileState:
    """One entry of ``query.pages`` with its ``imageinfo``."""
    title = str(raw.get("title", ""))
    versions = raw.get("imageinfo", [])
    if not versions or raw.get("imagerepository") != "local":
        return FileState(title, "", "")
    return FileState(title, str(versions[0].get("sha1", "")), str(versions[0].get("user", "")))


def site(query: Json, user: str, rights: frozenset[str]) -> SiteInfo:
    """``meta=siteinfo``: general, namespaces and their aliases, fileextensions.

    Raises NotTheApi for a namespace without a number.
    """
    general = query["general"]
    names: dict[str, int] = {}
    for number, space in query["namespaces"].items():
        if (id_ := whole_number(number)) is None:
            raise NotTheApi("namespaces")
        for name in (str(space.get("name", "")), str(space.get("canonical", ""))):
            if name or id_ == 0:
                names[name.lower()] = id_
    for alias in query.get("namespacealiases", ()):
        names[str(alias["alias"]).lower()] = int(alias["id"])
    return SiteInfo(
        version=str(general["generator"]).removeprefix("MediaWiki "),
        name=str(general["sitename"]),
        language=str(general["lang"]),
        base=str(general["base"]),
        user=user,
        rights=rights,
        namespaces=names,
        uploads=bool(general.get("uploadsenabled", False)),
        extensions=frozenset(
            str(extension["ext"]).lower() for extension in query.get("fileextensions", ())
        ),
    )
