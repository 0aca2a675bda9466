"""The sentences on what a withdrawal leaves to people on the wiki: who does what, where. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from loosbot.sync.withdrawal.search import COMMENT, TEXT, USER, MentioningPage, Mentions
from loosbot.wiki.revisions import LogEntry
from loosbot.wikitext.names import FILE_NAMESPACE

_LONGEST = 160
_IDS = 100
"""Numbers that one address names: servers take addresses of some thousand characters."""
_PARTS = {TEXT: "texte", COMMENT: "résumé", USER: "auteur"}
OF_FILE = (
    "    le fichier lui-même se voit encore : demandez à un administrateur de le supprimer, toutes "
    "ses versions"
)
RIGHTS = (
    "Masquer une version ou une ligne de journal demande des droits que LocalSettings.php donne : "
    "$wgGroupPermissions['sysop']['deleterevision'] = true; "
    "$wgGroupPermissions['sysop']['deletelogentry'] = true;",
)


def elsewhere(everywhere: Mentions, known: Collection[int], api: str) -> Iterator[str]:
    """Pages that are not ours, or whose published text no longer mentions the person; logs and
    accounts. ``known`` are pages reported apart.
    """
    for page, place in everywhere.places.items():
        if page not in known:
            yield from _page(place, api)
    yield from _logs(everywhere.logs, api)
    for name in everywhere.accounts:
        yield (
            f"Compte « {name} » : un bureaucrate le renomme (Special:Renameuser), ou un "
            "administrateur masque l’auteur de ses versions"
        )


def of_title(title: str, *, redirect: bool = False) -> str:
    """The hint for a page whose title names the person."""
    if redirect:
        return (
            "    c’est une redirection qui nomme la personne : demandez à un administrateur de la "
            "supprimer"
        )
    if title.startswith(FILE_NAMESPACE):
        return (
            "    le nom du fichier nomme la personne : demandez à un administrateur de supprimer "
            "le fichier, toutes ses versions ; renvoyez-le sous un autre nom s’il doit rester"
        )
    return (
        "    le titre nomme la personne : demandez à un administrateur de supprimer la page, ou de "
        "la renommer sans redirection"
    )


def old_versions(versions: Mapping[int, frozenset[str]], title: str, api: str) -> Iterator[str]:
    """The addresses where an administrator hides versions, and what of them."""
    for what in dict.fromkeys(versions.values()):
        numbers = [number for number, version in versions.items() if version == what]
        parts = " et ".join(sentence for part, sentence in _PARTS.items() if part in what)
        for address in _addresses("revision", title, numbers, api):
            yield f"    anciennes versions à masquer ({parts}) : {address}"


def cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _page(place: MentioningPage, api: str) -> Iterator[str]:
    title = place.state.title
    yield f"« {title} » — {', '.join(place.who)} :"
    if place.titled:
        yield of_title(title, redirect=place.state.redirect)
    if place.head and not place.lines and not place.titled:
        yield (
            "    la clé du texte que loosbot y avait publié nomme la personne : demandez à un "
            "administrateur de supprimer la page"
        )
    if place.lines and not (place.titled and place.state.redirect):
        yield "    dans la page, à retirer à la main (tout compte qui peut la modifier) :"
        for line in place.lines:
            yield f"        « {cut(line)} »"
    if not place.titled:
        yield from old_versions(place.old, title, api)


def _logs(entries: Iterable[LogEntry], api: str) -> Iterator[str]:
    listed = list(entries)
    if not listed:
        return
    yield "Journaux du wiki, où un administrateur masque la ligne (titre, commentaire ou auteur) :"
    for entry in listed:
        to = f" → « {entry.target} »" if entry.target else ""
        yield f"    {entry.type}/{entry.action}, n° {entry.id}, « {entry.title} »{to}"
    for address in _addresses("logging", "Special:Log", [entry.id for entry in listed], api):
        yield f"    à masquer : {address}"


def _addresses(kind: str, target: str, numbers: Sequence[int], api: str) -> Iterator[str]:
    for start in range(0, len(numbers), _IDS):
        query = {
            "title": "Special:RevisionDelete",
            "type": kind,
            "target": target,
            "ids": ",".join(map(str, numbers[start : start + _IDS])),
        }
        yield f"{api.removesuffix('api.php')}index.php?{urlencode(query, safe=':,')}"
