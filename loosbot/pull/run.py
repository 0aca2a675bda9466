"""One pull: read the corpus and the wiki, carry back, and say where the result goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from loosbot.corpus.check.load import held_corpus
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.model import Tree
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UsageError, UserError
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day
from loosbot.history.git import Commit, Repository, short
from loosbot.history.moments import head_of
from loosbot.history.process import first_version
from loosbot.history.tree import CommitTree
from loosbot.history.writing import (
    below_top,
    branch_tip,
    folder_of_branch,
    is_branch_name,
    require_possible,
)
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import PullResult
from loosbot.pull.gather import gather
from loosbot.pull.masked import without_withdrawn
from loosbot.pull.proof import MemoizedFilter, MemoizedNames, PublishedCorpus
from loosbot.pull.proposed import gather_proposals, with_proposals
from loosbot.sync.aim import nothing_lost
from loosbot.sync.carried import with_redirects
from loosbot.sync.opening import opened
from loosbot.sync.plan import make_plan
from loosbot.sync.source import Source, backwards, channel_of, shown
from loosbot.wiki.credentials import Credentials
from loosbot.wiki.reader import Reader


@dataclass(frozen=True, slots=True)
class Origin:
    """The corpus that a pull starts from: ``source`` is all of it, ``held`` its files with what was
    read of them. ``parent`` is the commit that a branch grows on, "" when the files of the folder
    are changed; ``below`` is where the corpus stands in its repository."""

    source: Source
    held: ParsedTree
    parent: str
    below: str


def from_folder(folder: Path) -> Origin:
    """The files of the folder as they are. Raises BrokenCorpus, UserError."""
    repository, head = head_of(folder)
    dirty = repository.dirty() if repository and head else False
    return _origin(folder, FolderTree(folder), repository, head, dirty=dirty)


def from_branch(folder: Path, branch: str) -> Origin:
    """The last commit of a branch, or HEAD for a branch to be made. The folder is not read.

    Raises BrokenCorpus, UserError; UsageError for a name that cannot be.
    """
    repository, head = head_of(folder)
    if repository is None or head is None:
        raise UserError(
            "Ce corpus n’est pas encore dans git : une branche n’a rien sur quoi pousser.",
            f"{first_version()}\nOu relancez sans --branch.",
        )
    if not is_branch_name(folder, branch):
        raise UsageError(
            f"« {branch} » ne peut pas être le nom d’une branche.",
            "Prenez un nom simple, par exemple --branch retours-du-wiki.",
        )
    if place := folder_of_branch(folder, branch):
        raise UsageError(
            f"Vous travaillez sur la branche « {branch} » (dans {place}) : elle ne peut pas "
            "changer sous vos fichiers.",
            "Donnez un autre nom de branche, ou relancez sans --branch.",
        )
    tip = branch_tip(repository, branch)
    if not tip:
        require_possible(folder, branch, head.id)
    commit = repository.commit(tip) if tip else head
    if commit is None:
        raise AssertionError(f"the tip of {branch} is no commit")
    if tip and repository.is_ancestor(head.id, tip) is not True:
        raise UserError(
            f"La branche « {branch} » ne part pas de la version actuelle ({short(head.id)}).",
            f"Fusionnez-la ou supprimez-la (git branch -D {branch}), puis relancez.",
        )
    below = below_top(folder)
    tree = CommitTree(repository, commit.id)
    return _origin(folder, tree, repository, commit, parent=commit.id, below=below)


def _origin(
    folder: Path,
    tree: Tree,
    repository: Repository | None,
    head: Commit | None,
    *,
    dirty: bool = False,
    parent: str = "",
    below: str = "",
) -> Origin:
    whole, held = held_corpus(tree)
    day = consent_day(head) if head else None
    return Origin(Source(folder, whole, repository, head, dirty, whole, day), held, parent, below)


def pull(
    reader: Reader, origin: Origin, credentials: Credentials, env: Mapping[str, str]
) -> PullResult:
    """Read the wiki and carry back what people did. Writes nothing.

    Raises WikiUnavailable; UserError where the wiki is ahead of this corpus: what it published
    since would pass for what people did.
    """
    # before anything is masked: what an open wiki never showed was not taken out by anybody
    channel = channel_of(reader.session)
    whole = origin.source.whole
    visible = MemoizedFilter(partial(shown, day=origin.source.consents, channel=channel))
    published = PublishedCorpus(origin.held, whole, visible)
    source = replace(origin.source, corpus=visible(whole), channel=channel)
    with opened(reader, source, credentials, env) as wiki:
        if late := backwards(reader, source):
            raise late
        # what somebody withdrew is for sync to say: here each page is what people made of it
        aim = replace(wiki.aim, lost=nothing_lost, names=MemoizedNames(wiki.aim.names))
        draft = make_plan(reader, aim, wiki.cache)
        gathered = gather(reader, wiki.aim.key, draft.plan.pages, wiki.aim.wanted)
        titles = {
            page.id: page.title if page.action == "error" else page.to
            for page in draft.plan.pages
            if page.id in wiki.aim.wanted
        }
        texts = [edit.after for page in gathered.edited for edit in page.edits]
        names = with_redirects(reader, texts, aim.names(titles))
        proposals = gather_proposals(reader, published)
    published = replace(
        published,
        titles=titles,
        redirects=names.redirects,
        rendered=draft.rendered,
        names=names,
    )
    carried = carry_back(published, gathered, one_by_one=bool(origin.parent))
    return without_withdrawn(with_proposals(carried, published, proposals), whole)
