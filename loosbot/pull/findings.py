"""What keeps a page that people proposed from becoming a record, told to who wrote it.

Nothing of the page is repeated: nobody agreed yet to anything that stands on it. Each sentence
names the field, and what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from loosbot.corpus.model import KeyPath
from loosbot.decode.proposal import UnshownPiece
from loosbot.fields.dictionary import Field, dictionary
from loosbot.history.moments import now
from loosbot.pull.edits import PageResult, PullResult, Remainder
from loosbot.pull.proof import PublishedCorpus
from loosbot.pull.proposed import MOVED, NO_TYPE, TWICE, Proposals, gather_proposals, with_proposals
from loosbot.sync.planned import PlannedPage
from loosbot.sync.proposaltalk import Findings
from loosbot.sync.source import Source, shown
from loosbot.wiki.reader import Reader

_PLAIN = {
    NO_TYPE: "on ne voit pas ce que cette page propose : elle n’a aucun encadré « Fiche … », ou "
    "plusieurs. Partez de « Écrire une fiche », sur le portail",
    TWICE: TWICE,
    MOVED: "cette page a changé depuis qu’elle a été reprise, et la fiche aussi : quelqu’un de la "
    "commune reportera ce qui manque",
}
_NO_FIELD = (
    "un passage ne va dans aucune rubrique de la fiche : déplacez-le sous l’un des titres de "
    "départ, ou dans le texte du haut de la page"
)
ACCORD = (
    "la page attend l’accord de chaque personne qui y parle : dès qu’il est noté dans la fiche, "
    "elle devient celle de la fiche. Jusque-là, rien n’y est changé"
)
_NOT_THE_SAME = "la fiche ne dit pas encore tout ce que dit cette page"
_OTHER = "ce qui est écrit là ne tient pas dans la fiche"
_KEY = re.compile(r"« ([a-z_]+) »")
_BY_KIND = {
    "date": "écrivez une date comme 2018, juin 2018, 15 juin 2018, été 2018 ou vers 1989",
    "link": "mettez un lien vers la page, [[…]]",
    "links": "mettez un lien vers chaque page, [[…]]",
    "number": "écrivez un nombre",
    "numbers": "écrivez des nombres",
    "address": "écrivez une adresse entière, avec https://",
    "text": "gardez des paragraphes, des listes et des liens, sans autre mise en forme",
}


def findings(reader: Reader, source: Source, pages: Iterable[PlannedPage]) -> list[Findings]:
    """What to mend in each proposed page, for its talk page; ``pages`` is what is planned for
    those of records.

    Raises WikiUnavailable.
    """
    visible = partial(shown, day=source.consents, channel=source.channel)
    tree = now(source.folder).tree
    published = PublishedCorpus(tree, source.whole, visible)
    gathered = gather_proposals(reader, published)
    if not gathered.pages:
        return []
    read = with_proposals(PullResult((), {}, ()), published, gathered)
    whole, seen = published.corpus.records, source.corpus.records
    masked = {
        id_ for id_, record in whole.items() if id_ not in seen or seen[id_].data != record.data
    }
    return findings_of(gathered, read.pages, pages, masked)


def findings_of(
    gathered: Proposals,
    results: Iterable[PageResult],
    planned: Iterable[PlannedPage],
    masked: Collection[str],
) -> list[Findings]:
    """The same of pages that were read: ``results`` are those of which no file holds the newest
    version, ``planned`` tells of the others; ``masked`` are the records that the wiki may not
    show whole."""
    by_title: Mapping[str, PageResult] = {page_result.title: page_result for page_result in results}
    ours = {planned_page.pageid: planned_page for planned_page in planned if planned_page.pageid}
    findings = []
    for page in gathered.pages:
        known = ours.get(page.pageid)
        if known and (known.action != "adopt" or known.text is not None):
            continue  # taken over: the wiki lists it there until its next job
        lines: list[str] = []
        if result := by_title.get(page.title):
            lines = sentences(result.left, result.id.partition("/")[0])
        elif known:
            type_name = known.id.partition("/")[0]
            lines = (
                [ACCORD] if known.lacks and known.id in masked else missing(known.lacks, type_name)
            )
        if lines:
            findings.append(
                Findings(
                    pageid=page.pageid,
                    title=page.title,
                    revision=page.revision,
                    user=page.user,
                    day=page.timestamp,
                    lines=tuple(lines),
                )
            )
    return findings


def sentences(left: Iterable[Remainder], type_name: str) -> list[str]:
    """What no field can say, or what ``check`` would refuse, each once."""
    return list(dict.fromkeys(_sentence(passage, type_name) for passage in left))


def missing(unsaid: Collection[UnshownPiece], type_name: str) -> list[str]:
    """What a record in git does not say of its page."""
    lines = []
    for gap in unsaid:
        if gap.why == "nowhere" or not (place := _place(gap.path, type_name)):
            lines.append(_NO_FIELD)
        else:
            lines.append(f"{place} : {_NOT_THE_SAME}")
    return list(dict.fromkeys(lines))


def _sentence(left: Remainder, type_name: str) -> str:
    if left.reason in _PLAIN:
        return _PLAIN[left.reason]
    if not left.path:
        return _NO_FIELD if not left.code else "la fiche serait refusée : revoyez cette page"
    path = left.path
    if left.code == "cle-manquante" and (key := _KEY.search(left.reason)):
        path = (*path, key[1])
    place, field = _place(path, type_name), _field(path, type_name)
    if not place or field is None:
        return _NO_FIELD
    if left.code == "cle-manquante":
        return f"{place} : il manque"
    if words := field.simple.words:
        return f"{place} : écrivez l’un de ces mots : {', '.join(word.title for word in words)}"
    return f"{place} : {_BY_KIND.get(field.simple.kind, _OTHER)}"


def _field(path: KeyPath, type_name: str) -> Field | None:
    keys = [name for name in path if isinstance(name, str)]
    fields, field = dictionary(type_name), None
    for key in keys:
        inner = next((field for field in fields if field.key == key), None)
        if inner is None:
            break
        field, fields = inner, inner.fields
    return field


def _place(path: KeyPath, type_name: str) -> str:
    """« Rôle » (2e), in the words of the forms; "" for what is no field."""
    field = _field(path, type_name) if type_name else None
    if field is None:
        return ""
    ranks = [rank + 1 for rank in path if isinstance(rank, int)]
    voice = f", voix {ranks[0]}" if ranks and path[0] == "voix" else ""
    return f"« {field.title} »{voice}"
