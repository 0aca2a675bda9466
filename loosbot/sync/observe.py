"""Finding every managed page on the wiki: by the tracking category, and by the wanted titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.french import counted
from loosbot.frozen import dataclass
from loosbot.render.categories import TRACKING, TRACKING_TITLE
from loosbot.sync import summary
from loosbot.sync.aim import Aim
from loosbot.sync.block import Key
from loosbot.sync.facts import FactCache, establish
from loosbot.sync.missing import Removals
from loosbot.sync.planned import ObservedPage, PageFact
from loosbot.sync.redirects import is_ours, kept_redirects
from loosbot.wiki.reader import DEFAULT_USER, Reader
from loosbot.wiki.revisions import PageState
from loosbot.wikitext.names import CATEGORY_NAMESPACE, normal_title

TRACKING_CATEGORY = f"{CATEGORY_NAMESPACE}{TRACKING_TITLE}"
FOOT = "Provenance"
"""The template that every page of ours calls at its end."""
_SPACES = frozenset((0, 6, 10, 14))
"""Articles, files, templates and categories (Manual:Namespace): what pages of ours can be."""
_MOST_STRAYS = 100
"""Pages out of the category that are looked up: anybody may call a template on many pages."""


@dataclass(frozen=True, slots=True)
class WikiState:
    """The managed pages by id, those of records that left the corpus, and remarks for the plan.

    ``targets`` is the state of each wanted title, by id; ``tracked`` are all pages of the tracking
    category, those of other corpora on this wiki included. ``kept`` are the ids whose wanted title
    is a redirect that the page may not be moved over.
    """

    seen: Mapping[str, ObservedPage]
    orphans: Mapping[str, ObservedPage]
    targets: Mapping[str, PageState]
    remarks: tuple[str, ...]
    tracked: tuple[PageState, ...]
    kept: frozenset[str]


def observe(reader: Reader, aim: Aim, cache: FactCache) -> WikiState:
    """Look at the wiki: for each id that the corpus wants, and for those that left it."""
    return _Matching(reader, aim, cache).sight()


class _Matching:
    """What was read of the wiki, while ids are matched with pages."""

    def __init__(self, reader: Reader, aim: Aim, cache: FactCache) -> None:
        self.reader = reader
        self.aim = aim
        self.cache = cache
        self.account = reader.session.account().name
        self.removals = Removals(reader)
        self.copies: list[tuple[str, PageState]] = []
        self.remarks: list[str] = []
        self.others: Counter[str] = Counter()
        self.facts: dict[tuple[Key, int], tuple[PageState, PageFact]] = {}
        wanted = self.wanted = aim.wanted
        today = {old: id_ for id_ in wanted for old in aim.key(id_).former if old not in wanted}
        self.today = today
        tracked: dict[str, list[tuple[bool, PageState]]] = {}
        heads: dict[str, PageState] = {}
        foot = wanted.get(f"modele/{FOOT}", "")
        members, self.strays = reader.tracked_beside(TRACKING_CATEGORY, foot)
        self.tracked = tuple(member.state for member in members)
        for member in members:
            heads[member.state.title] = member.state
            name, _, id_ = member.sortkey.partition(":")
            if id_ and name == aim.corpus:
                tracked.setdefault(today.get(id_, id_), []).append((id_ in today, member.state))
            elif id_:
                self.others[name] += 1
        # a title in another form than the wiki's own may be another page: look it up
        self.states = reader.pages(title for title in wanted.values() if title not in heads)
        self.states |= {title: heads[title] for title in wanted.values() if title in heads}
        # pages under the current id before those under a former one
        self.claims = {
            id_: [state for _, state in sorted(some, key=lambda page: (page[0], page[1].pageid))]
            for id_, some in tracked.items()
        }
        self.claims |= self._unlisted()

    def sight(self) -> WikiState:
        """Match every id with its page."""
        self._learn()
        mine = {id_: self._claimed(id_) for id_ in sorted({*self.wanted, *self.claims})}
        taken = {state.pageid: id_ for id_, state in mine.items() if state}
        observed = {}
        for id_, title in self.wanted.items():
            state = mine[id_]
            if state is None:
                observed[id_] = self._by_title(id_, title, taken)
            else:
                observed[id_] = self._with_fact(ObservedPage(id_, title, state))
        orphans = {
            id_: self._with_fact(ObservedPage(id_, state.title, state))
            for id_, state in mine.items()
            if state and id_ not in self.wanted
        }
        targets = {id_: self.states[title] for id_, title in self.wanted.items()}
        known = any(mine.values()) or any(
            page.fact and page.fact.published for page in observed.values()
        )
        held = any(page.fact and page.fact.elsewhere for page in observed.values())
        if held and not known:
            self._tell_others()
        remarks = (*self._of_copies(known), *self.remarks)
        kept = kept_redirects(self.reader, observed.values(), targets)
        return WikiState(observed, orphans, targets, remarks, self.tracked, kept)

    def _unlisted(self) -> dict[str, list[PageState]]:
        """Pages that we wrote and that the tracking category does not list, by id.

        A wiki files a page in its categories after the edit, and leaves that to its job queue
        where it fails or is busy: a record that changed its title in between would get a second
        page. One request where a page seems to be missing, for our newest edits. And a person
        may take a page out of the category: it still calls the template of its foot. One request
        each for the newest edit of ours on these.
        """
        missing = {id_ for id_ in self.wanted if not self.claims.get(id_)}
        newest = self.reader.session.batch()
        written = self._records_of(
            (edit.pageid, edit.comment)
            for edit in (self.reader.contributions(self.account, newest) if missing else ())
        )
        pages = {pageid: id_ for pageid, id_ in written.items() if id_ in missing}
        pages |= self._records_of(
            (pageid, edit.comment)
            for pageid in sorted(self.strays - pages.keys())[:_MOST_STRAYS]
            for edit in self.reader.last_by(pageid, self.account, 2)  # the last may be a move
        )
        states = self.reader.pages_by_id(pages) if pages else {}
        pages_of_ours = [
            (self.aim.key(id_), states[pageid])
            for pageid, id_ in pages.items()
            if states[pageid].exists and not states[pageid].redirect
        ]
        strays: dict[str, list[PageState]] = {}
        for (key, _), (state, fact) in establish(self.reader, pages_of_ours, self.cache).items():
            # where the record left git too, a page without our markers has become somebody's own
            if fact.published and (key.id in self.wanted or fact.mark != "missing"):
                strays.setdefault(key.id, []).append(state)
        return {
            id_: [*self.claims.get(id_, ()), *sorted(some, key=lambda page: page.pageid)]
            for id_, some in strays.items()
        }

    def _records_of(self, edits: Iterable[tuple[int, str]]) -> dict[int, str]:
        """The record of this corpus that the newest edit of ours names, by page id. ``edits``
        are page ids and summaries, newest first."""
        ids: dict[int, str] = {}
        for pageid, comment in edits:
            signature = summary.read(comment)
            if (
                signature
                and signature[1] == self.aim.key(signature[1].id)
                and summary.is_plain(comment)
            ):
                ids.setdefault(pageid, self.today.get(signature[1].id, signature[1].id))
        return ids

    def _learn(self) -> None:
        """Look up, all at once, the history of the pages whose head is not enough.

        That is: a head that is not ours, a page that is not where the corpus wants it, an id
        with two pages, a page found by its title alone.
        """
        unsure = []
        for id_, states in self.claims.items():
            at_home = id_ in self.wanted and self._at_home(id_, states[0]) if states else False
            alone = len(states) == 1
            unsure += [
                (self.aim.key(id_), state)
                for state in states
                if not (alone and at_home and self._by_us(state))
            ]
        for id_, title in self.wanted.items():
            state = self.states[title]
            # another id may claim it by a category that somebody pasted there
            if not self.claims.get(id_) and state.exists:
                unsure.append((self.aim.key(id_), state))
        self.facts = establish(self.reader, _unique(unsure), self.cache)
        self._reclaim()

    def _reclaim(self) -> None:
        """Give back to its record a page on which somebody pasted that of another.

        A page stands once in a category, under the last key that it names: the pasted one.
        """
        misfiled = []
        for (key, pageid), (state, fact) in self.facts.items():
            id_ = self.today.get(fact.record, fact.record)
            listed = {state.pageid for state in self.claims.get(id_, ())}
            if id_ and id_ != key.id and pageid not in listed and not state.redirect:
                misfiled.append((self.aim.key(id_), state))
        facts = establish(self.reader, _unique(misfiled), self.cache)
        for (key, _), (state, fact) in facts.items():
            if fact.published:
                self.claims.setdefault(key.id, []).append(state)
        self.facts |= facts

    def _claimed(self, id_: str) -> PageState | None:
        """The page that carries this id in the tracking category, the lowest page id first.

        A page on which we never published this record is somebody's copy.
        """
        real = []
        for state in self.claims.get(id_, ()):
            known = self.facts.get((self.aim.key(id_), state.pageid))
            if known is None or known[1].published:
                real.append(state)
            else:
                self.copies.append((id_, state))
        for other in real[1:]:
            self.remarks.append(
                f"Deux pages portent l’identifiant {id_} : « {real[0].title} », qui est tenue à "
                f"jour, et « {other.title} », qui ne l’est plus. Gardez de la seconde ce que des "
                "personnes y ont écrit, puis demandez à un administrateur du wiki de la supprimer."
            )
        return real[0] if real else None

    def _of_copies(self, known: bool) -> Iterator[str]:
        """The remark on pages that hold an id and that this account never published. ``known``:
        whether it published others; if not, the bot probably changed its account.
        """
        if known:
            for id_, state in self.copies:
                yield (
                    f"« {state.title} » porte l’identifiant {id_} sans avoir été publiée par "
                    "loosbot : c’est sans doute une copie, elle est laissée telle quelle."
                )
        elif self.copies:
            yield (
                f"Des pages portent déjà des fiches de ce corpus ({len(self.copies)}), et le "
                f"compte « {self.account} » n’en a publié aucune. Si le robot a changé de compte, "
                "publiez avec l’ancien, ou renommez-le sur le wiki."
            )

    def _tell_others(self) -> None:
        """The remark on a wiki whose pages are all those of another corpus, and bear our titles."""
        for name, pages in self.others.most_common(1):
            self.remarks.append(
                f"Le wiki porte {counted(pages, 'page')} du corpus « {name} » et aucune de ce "
                f"corpus-ci. Si c’est le même, qui a changé de nom, remettez « corpus: {name} » "
                "dans loosbot.yaml : c’est à ce nom que ses pages sont reconnues."
            )

    def _by_title(self, id_: str, title: str, taken: Mapping[int, str]) -> ObservedPage:
        """A record that the tracking category does not know: what stands at its title."""
        state = self.states[title]
        sight = ObservedPage(id_, title, state)
        if trouble := refused(id_, state):
            return replace(sight, action="error", trouble=trouble)
        if not state.exists:
            return self._absent(sight)
        if state.pageid in taken:
            holder = taken[state.pageid]
            trouble = f"Ce titre est celui de la page de {holder}."
            if holder not in self.wanted:
                trouble += (
                    " Si c’est la même fiche et que son fichier a changé de nom, écrivez-y "
                    f"« anciens_ids: [{holder}] » ; sinon, changez son titre."
                )
            return replace(sight, action="error", trouble=trouble, holder=holder)
        if self.claims.get(id_):
            # all candidates are copies, and the history of this page was not read yet
            self.facts.update(establish(self.reader, [(self.aim.key(id_), state)], self.cache))
        state, fact = self.facts.get((self.aim.key(id_), state.pageid), (state, None))
        sight = replace(sight, state=state, fact=fact)
        if fact and fact.published:
            return sight
        if self._may_be_written_over(state):
            return replace(sight, fresh=True, fact=None)
        if id_ == TRACKING and not state.redirect:
            return replace(sight, action="none")  # corpora that live on one wiki share it
        if state.redirect:
            return replace(
                sight,
                action="error",
                trouble="Une redirection porte ce titre : donnez un autre titre à la fiche, ou "
                "demandez à un administrateur du wiki de supprimer cette redirection.",
            )
        if fact and fact.elsewhere:
            return replace(
                sight, action="error", trouble="Ce titre est déjà celui d’une autre page publiée."
            )
        if id_.startswith("modele/"):
            # what calls people's template would show both
            return replace(
                sight,
                action="error",
                trouble="Un modèle de ce nom existe déjà, écrit par d’autres : donnez un préfixe "
                "aux vôtres (prefixe_modeles dans loosbot.yaml).",
            )
        return replace(
            sight,
            action="adopt",
            trouble="Une page de ce titre existe déjà, écrite par d’autres : rien n’y est changé.",
        )

    def _absent(self, sight: ObservedPage) -> ObservedPage:
        """A title without page: never there, moved away, or deleted by somebody."""
        removal = self.removals.of(sight.state.title)
        if removal is None or sight.id in self.aim.overrides.recreate:
            return sight
        entry, page = removal.entry, removal.page
        if page is None:
            by = f" par {entry.user}" if entry.user else ""
            return replace(
                sight,
                action="deleted-on-wiki",
                trouble=f"La page a été supprimée{by} le {entry.timestamp[:10]}.",
            )
        known = establish(self.reader, [(self.aim.key(sight.id), page)], self.cache)
        for moved, fact in known.values():
            if fact.published:
                return replace(sight, state=moved, fact=fact)
        return sight

    def _may_be_written_over(self, state: PageState) -> bool:
        """The installer's own page, put back by us or not, or a redirect that our move left."""
        head = state.revision
        if head is None:
            return False
        if state.redirect:
            return is_ours(state, self.account)
        if head.user == DEFAULT_USER:
            return bool(self.reader.only_by_default([state.pageid]))
        if head.user != self.account or not summary.undone_run(head.comment):
            return False
        users = {revision.user for revision in self.reader.history(state.pageid)}
        return DEFAULT_USER in users and users <= {DEFAULT_USER, self.account}

    def _with_fact(self, seen: ObservedPage) -> ObservedPage:
        known = self.facts.get((self.aim.key(seen.id), seen.state.pageid))
        return replace(seen, state=known[0], fact=known[1]) if known else seen

    def _at_home(self, id_: str, state: PageState) -> bool:
        return normal_title(state.title) == normal_title(self.states[self.wanted[id_]].title)

    def _by_us(self, state: PageState) -> bool:
        return state.revision is not None and state.revision.user == self.account


def refused(id_: str, target: PageState) -> str:
    """Why no page is made at a title, or moved there, "" where one may be.

    Before a colon a wiki takes the name of a namespace of its own, which no check of the corpus
    knows, for that: the page would be where neither its search nor its lists look.
    """
    if target.invalid:
        return f"Titre refusé : {target.invalid}"
    if id_ == PORTAL or target.namespace in _SPACES:
        return ""
    space, _, rest = target.title.partition(":")
    return (
        f"Titre refusé : devant « : », ce wiki prend « {space} » pour un de ses espaces. Écrivez "
        f"par exemple « {space} - {rest} »."
    )


def _unique(pages: list[tuple[Key, PageState]]) -> list[tuple[Key, PageState]]:
    return list({(key, state.pageid): (key, state) for key, state in pages}.values())
