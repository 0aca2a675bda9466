"""The versions of the code source: one page that lists them, one page for each.

They hold no commit and no date but those that ``pages/versions.yaml`` declares, so that
publishing the same corpus again writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loosbot.corpus.dates import display
from loosbot.corpus.model import Corpus, NamedVersion
from loosbot.diff.differences import Comparison, DocumentChanges
from loosbot.diff.text import KINDS, headline, summary
from loosbot.fields.collation import date_key
from loosbot.fields.site import Site
from loosbot.wikitext.blocks import bullets, join, section, table
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

LIST = "rapport/versions"
History = Mapping[str, Comparison | None]
"""Name of a version -> what changed since the one before; None where it cannot be read."""

_LEAD = (
    "Le code source de la commune change avec elle. Chaque version nommée a sa page, qui dit ce "
    "qui a été ajouté, changé et retiré depuis celle d’avant. Les consentements sont ceux "
    "d’aujourd’hui : ce que quelqu’un a retiré depuis n’est pas redit."
)
_FIRST = "C’est la première version nommée : rien d’avant ne lui est comparé."
_NOT_IN_GIT = (
    "Cette version, ou celle d’avant, n’est pas dans le dépôt git : ce qui a changé de l’une à "
    "l’autre ne peut pas être calculé."
)
_UNREADABLE = (
    "L’une des deux versions ne se lit plus avec les règles d’aujourd’hui : elles ne peuvent pas "
    "être comparées."
)


def page_id(version: NamedVersion) -> str:
    return f"rapport/version-{version.name.replace('.', '-')}"


def titles(corpus: Corpus) -> dict[str, str]:
    """Id and wanted title of every page; none where no version is named."""
    if not corpus.versions:
        return {}
    page_titles = {page_id(version): f"Versions : {version.title}" for version in corpus.versions}
    return {LIST: "Versions du code source", **page_titles}


def bodies(site: Site, history: History) -> Iterator[tuple[str, str]]:
    """Id and wikitext of every page."""
    versions = site.corpus.versions
    if not versions:
        return
    yield LIST, _list(versions, site, history)
    for number, version in enumerate(versions):
        yield (
            page_id(version),
            join(
                encode(version.sentence, Context.PROSE),
                _facts(versions, number, site),
                _changes(number, version, site, history),
            ),
        )


def _list(versions: Sequence[NamedVersion], site: Site, history: History) -> str:
    rows = [
        (
            _link(version, site),
            encode(display(version.date), Context.CELL),
            encode(version.sentence, Context.CELL),
            encode(_short(number, version, history), Context.CELL),
        )
        for number, version in enumerate(versions)
    ]
    heads = ["Version", "Date", "Ce qu’elle a de particulier", "Ce qui a changé"]
    caption = "Les versions, de la plus ancienne à la plus récente"
    keys = [("", date_key(version.date), "", "") for version in versions]
    listed = table(caption, heads, rows, sortable=True, keys=keys, headed=False)
    return join(encode(_LEAD, Context.PROSE), listed)


def _short(number: int, version: NamedVersion, history: History) -> str:
    if (comparison := history.get(version.name)) is not None:
        return summary(comparison)
    return "Première version nommée." if number == 0 else "Non comparée."


def _facts(versions: Sequence[NamedVersion], number: int, site: Site) -> str:
    lines = [f"Date : {encode(display(versions[number].date), Context.LIST_ITEM)}"]
    if number:
        lines.append(f"Version d’avant : {_link(versions[number - 1], site)}")
    if number + 1 < len(versions):
        lines.append(f"Version d’après : {_link(versions[number + 1], site)}")
    lines.append(f"Toutes : {link(site.names.titles[LIST], 'les versions du code source')}")
    return bullets(lines)


def _link(version: NamedVersion, site: Site) -> str:
    return str(link(site.names.titles[page_id(version)], version.title))


def _changes(number: int, version: NamedVersion, site: Site, history: History) -> str:
    if number == 0:
        return _FIRST
    if version.name not in history:
        return _NOT_IN_GIT
    comparison = history[version.name]
    if comparison is None:
        return _UNREADABLE
    parts = [
        section(title, "\n".join(_document(document, site) for document in comparison.of(kind)))
        for kind, title in KINDS
    ]
    return join(encode(summary(comparison), Context.PROSE), *parts)


def _document(changes: DocumentChanges, site: Site) -> str:
    current = site.current.get(changes.id, changes.id)
    known = site.names.link(current, changes.title) if changes.kind != "withdrawn" else None
    title = str(known) if known else encode(f"« {changes.title} »", Context.LIST_ITEM)
    lines = [f"* {headline(changes, title)}"]
    lines += (f"** {encode(change.sentence, Context.LIST_ITEM)}" for change in changes.changes)
    return "\n".join(lines)
