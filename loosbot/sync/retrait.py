"""A consent is withdrawn: where the words still stand on the wiki, and what a person must do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from shlex import quote
from urllib.parse import urlencode

from loosbot.corpus.withdrawals import Source
from loosbot.sync.block import Block, Found, Key, find
from loosbot.sync.model import Action, Fact, PlannedPage
from loosbot.sync.takeback import taken_back
from loosbot.sync.withdrawn import Withdrawn
from loosbot.wiki.model import PageState, Revision
from loosbot.wiki.reader import Reader

_CONCERNED: frozenset[Action] = frozenset({"human-edit", "update", "none", "retire"})
"""What is planned for a page that we published; an adopted one shows people's words alone."""
_LONGEST = 160
_IDS = 100
"""Revisions that one address names: servers take addresses of some thousand characters."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page that shows such words now: its title, its head, and who wrote that."""

    id: str
    title: str
    revision: int
    user: str


@dataclass(frozen=True, slots=True)
class Duties:
    """``lines`` tell a person what is left to do, ``standing`` where the words can be read."""

    lines: tuple[str, ...]
    standing: tuple[Standing, ...]


def withdrawn_over(
    reader: Reader,
    page: PlannedPage,
    state: PageState,
    fact: Fact,
    wanted: Block,
    withdrawn: Withdrawn,
) -> PlannedPage:
    """A page that people changed, with our block in its place all the same.

    Nobody is told on the talk page: the message would show the words again.
    """
    if not withdrawn.within(page_text(state)):
        return page
    over = taken_back(reader, page, state, fact, wanted)
    if over.text is None:
        return over
    reason = f"{reason_of(withdrawn)} Le texte du dépôt remplace celui qui a été modifié."
    return replace(over, action="retrait", reason=reason, taken=False)


def marked(
    reader: Reader, pages: Iterable[PlannedPage], withdrawn: Mapping[str, Withdrawn]
) -> list[PlannedPage]:
    """The plan with ``retrait`` where words that were withdrawn would stay."""
    planned = list(pages)
    concerned = {
        page.pageid
        for page in planned
        if page.id in withdrawn and page.pageid and page.action in _CONCERNED
    }
    texts = reader.pages_by_id(concerned, content=True) if concerned else {}
    return [
        _marked(page, texts[page.pageid], withdrawn[page.id]) if page.pageid in concerned else page
        for page in planned
    ]


def _marked(page: PlannedPage, state: PageState, withdrawn: Withdrawn) -> PlannedPage:
    text = page_text(state) if page.text is None else page.text
    if not withdrawn.within(text):
        return page
    if page.action == "human-edit":
        over = f"Pour remettre le texte du dépôt : loosbot sync --retrait {quote(page.id)}"
        reason = f"{reason_of(withdrawn)} {page.reason} {over}"
        return replace(page, action="retrait", reason=reason)
    outside = "Quelqu’un les a écrits hors du texte publié : une personne doit les y retirer."
    head = state.revision
    return replace(
        page,
        action="retrait",
        reason=f"{reason_of(withdrawn)} {outside}",
        user=head.user if head else "",
        revision=head.id if head else 0,
    )


def reason_of(withdrawn: Withdrawn) -> str:
    """Whose words they are."""
    return f"Consentement retiré : {_who(withdrawn.sources)}."


def duties(
    reader: Reader,
    key: Callable[[str], Key],
    pages: Sequence[PlannedPage],
    withdrawn: Mapping[str, Withdrawn],
    api: str,
) -> Duties:
    """What has to be done by hand, as the wiki is now. One request a page and more.

    ``key`` tells whose block an id is.
    """
    concerned = [page for page in pages if page.id in withdrawn and page.pageid]
    lines: list[str] = []
    standing: list[Standing] = []
    for page in concerned:
        mine = withdrawn[page.id]
        history = reader.history(page.pageid, content=True)
        held = [
            one
            for rank, one in enumerate(history)
            if (mine.was_within if rank else mine.within)(one.text or "")
        ]
        title = reader.pages_by_id([page.pageid])[page.pageid].title
        named = mine.in_title(title)
        if not history or not (held or named or mine.kept_in_key):
            continue
        head = history[0]
        lines.append(f"« {title} » ({page.id}) — {_who(mine.sources)} :")
        if named or mine.kept_in_key or (held and held[0] is head):
            standing.append(Standing(page.id, title, head.id, head.user))
        if held and held[0] is head:
            lines += _on_the_page(head, key(page.id), mine)
            held = held[1:]
        lines += _old(held, title, api)
        if mine.kept_in_key:
            lines.append(
                f"    l’identifiant {page.id} nomme la personne, et le wiki le garde comme clé : "
                "renommez son fichier (git mv), avec l’ancien identifiant sous anciens_ids"
            )
        if named:
            lines.append(
                "    le titre nomme la personne : demandez à un administrateur de supprimer la "
                "page, ou de la renommer sans redirection"
            )
    if lines:
        found = [one for page in concerned for one in withdrawn[page.id].sources]
        lines = [
            "CONSENTEMENT RETIRÉ : des mots retirés se lisent encore sur le wiki.",
            *lines,
            *_in_git(list(dict.fromkeys(found))),
        ]
    return Duties(tuple(lines), tuple(standing))


def page_text(state: PageState) -> str:
    """The text that was read with the state, "" for a hidden one."""
    return (state.revision.text or "") if state.revision else ""


def _who(sources: Iterable[Source]) -> str:
    return ", ".join(dict.fromkeys(one.who for one in sources))


def _on_the_page(head: Revision, key: Key, withdrawn: Withdrawn) -> Iterator[str]:
    text = head.text or ""
    found = find(text, key)
    inside = found.span if isinstance(found, Found) else ""
    outside = text.replace(inside, "\n", 1) if inside else text
    if withdrawn.within(inside) or not inside:
        yield f"    dans le texte publié : loosbot sync --retrait {quote(key.id)}"
    if inside:
        for line in withdrawn.lines(outside):
            yield f"    hors du texte publié, à retirer à la main : « {_cut(line)} »"


def _old(held: Sequence[Revision], title: str, api: str) -> Iterator[str]:
    for start in range(0, len(held), _IDS):
        ids = ",".join(str(one.id) for one in held[start : start + _IDS])
        query = {
            "title": "Special:RevisionDelete",
            "type": "revision",
            "target": title,
            "ids": ids,
        }
        address = f"{api.removesuffix('api.php')}index.php?{urlencode(query, safe=':,')}"
        yield f"    anciennes versions à masquer : {address}"


def _in_git(sources: Sequence[Source]) -> Iterator[str]:
    files = list(dict.fromkeys(one.path for one in sources))
    yield (
        "Masquer une version demande le droit deleterevision, que LocalSettings.php donne : "
        "$wgGroupPermissions['sysop']['deleterevision'] = true;"
    )
    yield (
        "Cherchez aussi ces mots et ce nom ailleurs sur le wiki : discussions (Special:Search), "
        "redirections et anciens titres (Special:AllPages), fichiers (Special:ListFiles), journaux "
        "des renommages et des envois (Special:Log). Un administrateur les supprime ou les masque."
    )
    yield "Puis dans git, une fois le wiki nettoyé (l’histoire du dépôt est récrite) :"
    for one in sources:
        place = f"{one.path}, champ {one.field}" if one.field else one.path
        yield f"    retirez les mots de {one.who} ({place}), en gardant l’état « retire »"
    paths = " ".join(f"--path {path}" for path in files)
    yield "    mettez de côté une copie de ces fichiers, puis, dans un clone tout neuf :"
    yield f"    git filter-repo --invert-paths {paths}"
    yield "    remettez les copies, git add, git commit, git push --force --all"
    yield "    faites refaire tous les clones ; publiez ensuite une fois avec --reculer"


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
