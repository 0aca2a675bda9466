"""What a report is made from: a corpus at a moment, as the town's own reports may show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial as partial_of

from loosbot.corpus.check.load import BrokenCorpus, with_files
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.dates import display
from loosbot.corpus.inlinelinks import corpus_without_links
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_days
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.history.git import short
from loosbot.history.moments import DatedTree
from loosbot.trace.facts import View
from loosbot.trace.handover.subject import records_of, subject
from loosbot.trace.observed.suspects import suspects
from loosbot.trace.reported import Closing, FigureChange, Progress, Report, Suspect
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import Rules, rules_of


def report(moment: DatedTree, about: str = "") -> Report:
    """The report on a moment, limited to ``about``, "" for the whole town (see
    :func:`loosbot.trace.handover.subject.subject`).

    Raises BrokenCorpus, UserError, UsageError.
    """
    read = _read(moment)
    return _report(moment, read, rules_of(read.corpus), about)


def progress(earlier: DatedTree, now: DatedTree, about: str) -> Report:
    """The report on ``now`` with what changed since; both are judged by the rules of now.

    Raises BrokenCorpus, UserError, UsageError.
    """
    read = _read(now)
    rules = rules_of(read.corpus)
    before = _report(earlier, _read(earlier), rules, about, later=_shown(read.corpus, now))
    return compared(before, _report(now, read, rules, about), rules)


def shown(moment: DatedTree) -> Corpus:
    """The corpus of a moment, as the town's own reports may show it. Raises BrokenCorpus,
    UserError."""
    return _shown(_read(moment).corpus, moment)


@dataclass(frozen=True, slots=True)
class _ReadCorpus:
    """A corpus, and the bytes of its files by path: nobody has to open them again."""

    corpus: Corpus
    sources: Mapping[str, bytes]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """See :class:`loosbot.trace.reports.whole.Files`."""
        return ((path, self.sources[path]) for path in paths)


def _read(moment: DatedTree) -> _ReadCorpus:
    whole = with_files(moment.tree)
    reading = whole.reading
    if reading.corpus is not None:
        return _ReadCorpus(reading.corpus, {draft.place.path: draft.source for draft in whole.read})
    if moment.commit is None or isinstance(moment.tree, FolderTree):
        raise BrokenCorpus(reading)
    # a UserError with one finding, not BrokenCorpus: nobody can fix a past version
    first = next(finding for finding in reading.findings if finding.severity == "error")
    day, version = display(moment.commit.day.isoformat()), short(moment.commit.id)
    raise UserError(
        f"La version du {day} ({version}) n’a pas de rapport : « loosbot check », tel qu’il est "
        f"aujourd’hui, y voit {_errors(reading.errors)}. La première est dans {first.path} : "
        f"{first.message}",
        "Choisissez un autre jour, ou une autre version.",
    )


def _errors(count: int) -> str:
    return f"{count} erreurs" if count > 1 else "une erreur"


def _report(
    moment: DatedTree, read: _ReadCorpus, rules: Rules, about: str, *, later: Corpus | None = None
) -> Report:
    """``later``: the corpus that says who is meant, where an older one may not know them yet."""
    commit = moment.commit.id if moment.commit else ""
    repository = moment.repository

    def past(seen: View) -> Iterable[Suspect]:
        return suspects(seen, repository, commit, rules.watched) if repository and commit else ()

    partial = repository is not None and repository.shallow
    shown = _shown(read.corpus, moment)
    make = partial_of(build, shown, read, rules, moment.day, commit, past, partial=partial)
    if not about:
        return make()
    topic = subject(with_current_ids(later or shown), about)
    ids = records_of(topic, with_current_ids(shown))
    if later is not None:
        ids |= records_of(topic, with_current_ids(later))
    return make(about=topic.name, only=ids)


def _shown(corpus: Corpus, moment: DatedTree) -> Corpus:
    """What a report may show. Looking at the past gives nobody a consent that has ended since.

    Without a day every consent that ends counts as ended, and no seal as lifted.
    """
    days = moment.consents if moment.day is None else (*moment.consents, moment.day)
    return corpus_without_links(for_days(corpus, "rapport", days))


def compared(before: Report, now: Report, rules: Rules) -> Report:
    """The report ``now``, with its progress since ``before``, both judged by ``rules``."""
    whats = {rule.code: rule.what for rule in rules.all}
    earlier = {figure.code: figure for figure in before.figures}
    figures = tuple(
        FigureChange(
            figure.code,
            figure.label,
            old.numerator if (old := earlier.get(figure.code)) else 0,
            old.denominator if old else 0,
            figure.numerator,
            figure.denominator,
            old.said if old else "pas encore compté",
            figure.said,
        )
        for figure in now.figures
    )
    old_gaps, new_gaps = _gaps(before), _gaps(now)
    return replace(
        now,
        progress=Progress(
            before.date,
            before.commit,
            figures,
            _fewer(old_gaps, new_gaps, whats),
            _fewer(new_gaps, old_gaps, whats),
        ),
    )


def _gaps(report: Report) -> Counter[tuple[str, str]]:
    return Counter((record.id, gap.code) for record in report.records for gap in record.gaps)


def _fewer(
    some: Counter[tuple[str, str]], others: Counter[tuple[str, str]], whats: Mapping[str, str]
) -> tuple[Closing, ...]:
    return tuple(
        Closing(id_, code, whats[code], count)
        for (id_, code), count in sorted((some - others).items())
    )
