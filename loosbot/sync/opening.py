"""What plan, sync and pull set up first: the session, the corpus for this wiki, the caches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from urllib.parse import quote, urljoin

from loosbot.corpus.french import agreed, listed
from loosbot.corpus.links import former_ids
from loosbot.corpus.privacy.withdrawals import anyone, withdrawn_people
from loosbot.erasure import forget
from loosbot.errors import UsageError, UserError
from loosbot.files import cache_folder
from loosbot.frozen import dataclass
from loosbot.history.removed import LastVersion, last_versions
from loosbot.render.categories import of_place
from loosbot.render.charts.catalogue import PREFIX as FILES
from loosbot.render.pagecache import Renderings
from loosbot.render.pages import default_titles, names_of, render
from loosbot.render.pictures import extension_of
from loosbot.render.rendered import RenderedPage
from loosbot.sync.aim import NO_OVERRIDES, Aim, Overrides
from loosbot.sync.facts import FactCache
from loosbot.sync.pagestore import PageStore
from loosbot.sync.proposed import in_git
from loosbot.sync.source import Source, channel_of, for_readers, history_of, notice
from loosbot.sync.whereabouts import file_of
from loosbot.sync.withdrawal.ended import ended
from loosbot.sync.withdrawal.losttexts import WithdrawnTexts
from loosbot.sync.withdrawal.pasts import with_pasts
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import SiteInfo
from loosbot.wikitext.names import CATEGORY_NAMESPACE, FILE_NAMESPACE, TEMPLATE_NAMESPACE

_NAMESPACES = ((TEMPLATE_NAMESPACE, 10), (CATEGORY_NAMESPACE, 14), (FILE_NAMESPACE, 6))


@dataclass(frozen=True, slots=True)
class OpenedWiki:
    """A wiki that answered, and what to make of it. ``portal`` is the address of the portal.

    ``source`` is what may be shown to those who can read that wiki, ``notice`` what an open one
    does not get, and what was taken out of drafts.
    """

    aim: Aim
    cache: FactCache
    portal: str
    source: Source
    site: SiteInfo
    notice: str
    forgot: bool
    """Whether the notice names, this once, drafts that a withdrawal took words out of."""


def aim_of(
    source: Source, media: frozenset[str] | None = None, renderings: Renderings | None = None
) -> Aim:
    """Every page that the corpus publishes.

    ``media`` are the endings of the files that the wiki takes, None while that is not known;
    ``renderings`` the pages that were rendered before.
    """
    corpus = source.corpus
    wanted = {
        id_: title
        for id_, title in default_titles(corpus).items()
        if media is None or not id_.startswith(FILES) or extension_of(title) in media
    }

    def rendered(titles: Mapping[str, str]) -> Mapping[str, RenderedPage]:
        history = history_of(source)
        return render(corpus, titles, source.today, history, media or frozenset(), renderings)

    def last_of(ids: Collection[str]) -> Mapping[str, LastVersion]:
        if source.repository is None or source.head is None:
            return {}
        return last_versions(source.repository, source.head.id, ids)

    names = partial(names_of, corpus)
    former = former_ids(corpus)
    unsaid = {id_: file_of(corpus, id_) for id_ in corpus.unsaid}
    # a category of a place has the name of its file in its key, too
    unsaid |= {of_place(id_): path for id_, path in unsaid.items() if id_.startswith("lieu/")}
    return Aim(
        corpus.config.corpus,
        wanted,
        rendered,
        names,
        last_of,
        former=former,
        unsaid=unsaid,
        proposals=in_git(source),
    )


def require_known(aim: Aim, ids: Iterable[str]) -> None:
    """Raises UsageError that names every id that is no page of the corpus."""
    unknown = [f"« {id_} »" for id_ in sorted(set(ids)) if id_ not in aim.wanted]
    if unknown:
        are = agreed("n’est pas une page", len(unknown), "ne sont pas des pages")
        raise UsageError(
            f"{listed(unknown)} {are} de ce corpus.",
            "Les identifiants sont de la forme type/nom, par exemple recit/mon-recit ; "
            "« loosbot plan --format json » les donne tous.",
        )


@contextmanager
def opened(
    reader: Reader,
    source: Source,
    credentials: Credentials,
    env: Mapping[str, str],
    overrides: Overrides = NO_OVERRIDES,
) -> Iterator[OpenedWiki]:
    """A context with an open session; writes the caches at its end.

    Raises WikiUnavailable, UserError for a wiki in another language, UsageError for an id that
    is no page of the corpus.
    """
    whole = source.whole
    withdrawn = with_pasts(withdrawn_people(whole), whole, source.repository, source.head)
    forgotten = forget(whole, env, source.folder, withdrawn)
    checked = (*overrides.adopt, *overrides.recreate)
    if checked:
        # checked before the first request, which finds whether the wiki is open
        require_known(aim_of(source), checked)
    try:
        site = reader.site()
        require_french(site)
        closed, source = source.corpus, for_readers(source, channel_of(reader.session))
        account = reader.session.account().name
        place = (closed.config.corpus, credentials.api, account)
        store = PageStore(cache_folder(env), *place)
        renderings = Renderings(store.read())
        aim = aim_of(source, site.media, renderings)
        cache = FactCache(cache_folder(env), credentials.api, account, aim.corpus)
        cache.keep_not(anyone(withdrawn).within)
        before = with_pasts(ended(source, cache.notes), whole, source.repository, source.head)
        lost = WithdrawnTexts(source, aim.render, site.media, renderings, before)
        _require_lost(lost, overrides.retrait)
        aim = replace(
            aim,
            overrides=overrides,
            withdrawn=(*withdrawn, *before),
            api=credentials.api,
            # ids of the unfiltered corpus: pages may date from when the wiki was closed
            former=former_ids(closed),
            render=lost.render,
            lost=lost.of,
        )
        portal = _address(site.base, source.corpus.config.portail)
        notices = (notice(source, closed), *forgotten)
        yield OpenedWiki(
            aim, cache, portal, source, site, "\n".join(filter(None, notices)), bool(forgotten)
        )
        cache.save()
        if renderings.used:
            store.write(renderings.used, {person.id for person in withdrawn})
    finally:
        reader.session.close()


def _require_lost(lost: WithdrawnTexts, ids: Iterable[str]) -> None:
    """Raises UsageError for a page that lost nothing with the withdrawals."""
    for id_ in ids:
        if lost.of(id_) is None:
            raise UsageError(
                f"Aucun consentement retiré ne concerne « {id_} ».",
                "--retrait ne vaut que pour une page que « loosbot plan » donne à retirer.",
            )


def require_french(site: SiteInfo) -> None:
    """Raises UserError for a wiki in another language: what we write are the French names of its
    namespaces."""
    for prefix, number in _NAMESPACES:
        if site.namespaces.get(prefix.removesuffix(":").lower()) != number:
            raise UserError(
                f"Le wiki {site.name} ne connaît pas l’espace « {prefix} » : il n’est pas en "
                "français.",
                "Réglez $wgLanguageCode = 'fr' dans son LocalSettings.php.",
            )


def _address(main_page: str, portal: str) -> str:
    """The portal's address, made like the one of the wiki's main page."""
    if "?" in main_page:
        return main_page
    return urljoin(main_page, quote(portal.replace(" ", "_"), safe=":"))
