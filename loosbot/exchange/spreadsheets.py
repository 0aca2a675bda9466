"""Spreadsheets out of a corpus and back into it: what both commands do, without their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from loosbot.corpus import additions, schema
from loosbot.corpus.check.load import BrokenCorpus, load_corpus, whole_corpus
from loosbot.corpus.model import Corpus, Finding, Record
from loosbot.corpus.paths import record_path
from loosbot.corpus.tree import FolderTree, Overlay
from loosbot.corpus.yaml.changes import Unpatchable
from loosbot.corpus.yaml.patch import begun, with_values
from loosbot.diff.differences import Change
from loosbot.diff.fields import changes
from loosbot.diff.words import Words
from loosbot.errors import UserError
from loosbot.exchange import csvfile
from loosbot.exchange.book import book, received
from loosbot.exchange.merge import merge
from loosbot.exchange.problems import Problem
from loosbot.exchange.received import ReceivedWorkbook
from loosbot.exchange.table import Table, tables
from loosbot.exchange.unpacked import file_bytes, require_sound
from loosbot.frozen import dataclass
from loosbot.history.git import short
from loosbot.history.moments import head_of
from loosbot.history.tree import CommitTree
from loosbot.history.writing import below_top

FORMS = ("ods", "xlsx", "csv")


def exported(folder: Path, type_: str, form: str) -> bytes:
    """Every record of a type as a file. Raises BrokenCorpus, UserError."""
    corpus = whole_corpus(FolderTree(folder))
    head = head_of(folder)[1]
    sheets = tables(type_, _of_type(corpus, type_).values())
    return packed(sheets, short(head.id) if head else "", form)


def packed(made: tuple[Table, ...], commit: str, form: str) -> bytes:
    """The bytes of a file. Raises UserError for a text that no cell holds."""
    if form == "csv":
        return csvfile.write(made[0], commit)
    if form == "ods":
        from loosbot.exchange import ods

        return ods.write(book(made, commit))
    from loosbot.exchange import xlsx

    return xlsx.write(book(made, commit))


def opened(file: Path) -> ReceivedWorkbook:
    """A spreadsheet from outside. Raises UsageError, UserError."""
    data = file_bytes(file)
    ending = file.suffix.lower()
    if ending == ".csv":
        return csvfile.read(data)
    require_sound(data, file.name)
    try:
        if ending == ".ods":
            from loosbot.exchange import ods

            return received(*ods.read(data))
        from loosbot.exchange import xlsx

        return received(*xlsx.read(data))
    except ValueError as fault:
        raise UserError(
            f"« {file.name} » ne peut pas être lu : {fault}.",
            "Ouvrez-le dans un tableur et enregistrez-le de nouveau.",
        ) from fault


def holds_work(file: Path, folder: Path) -> bool:
    """Whether a file that is there says more than the records do, or cannot be understood: what
    somebody typed into it would be gone with it."""
    try:
        sheet = prepared(folder, opened(file))
    except (UserError, BrokenCorpus):
        return True
    return bool(sheet.files or sheet.problems or sheet.findings or sheet.strangers)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do. ``files`` are whole new files by path, below the corpus.

    ``before`` are these files as they were read, None for one that was not there. ``findings`` are
    what ``check`` would say of the result: with one error nothing is written.
    """

    files: Mapping[str, bytes]
    records: tuple[tuple[str, str, tuple[Change, ...]], ...]
    """Id, title and changes of each record; a new one has no changes."""
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    absent: int
    strangers: tuple[str, ...]
    before: Mapping[str, bytes | None]


def prepared(folder: Path, given: ReceivedWorkbook, since: str = "") -> Import:
    """Compare a spreadsheet with the records, and make the files that it asks for.

    ``since`` names the commit where the file does not. Raises BrokenCorpus, UserError.
    """
    corpus = whole_corpus(FolderTree(folder))
    now = _of_type(corpus, given.type)
    base = _base(folder, given, since)
    merged = merge(given, now if base is None else base, now)
    problems = list(merged.problems)
    files: dict[str, bytes] = {}
    before: dict[str, bytes | None] = {}
    listed: list[tuple[str, str, tuple[Change, ...]]] = []
    words = Words({id_: record.title for id_, record in corpus.records.items()}, _Everything())
    shape = schema.shape(given.type)
    for id_, after in sorted(merged.after.items()):
        if id_ not in now:
            path = record_path(id_)
            before[path] = None
            files[path] = with_values(begun(given.type), {"type": given.type}, after)
            listed.append((id_, str(after.get("titre", "")), ()))
            continue
        record = now[id_]
        try:
            old = (folder / record.path).read_bytes()
            files[record.path] = with_values(old, record.data, after)
            before[record.path] = old
        except Unpatchable as error:
            problems.append(Problem(record.path, f"{error} Faites ce changement dans le fichier."))
            continue
        listed.append((id_, record.title, tuple(changes(record.data, after, shape, words))))
    reading = load_corpus(Overlay(FolderTree(folder), files)) if files else None
    bad = [
        finding for finding in (reading.findings if reading else ()) if finding.severity == "error"
    ]
    absent, strangers = merged.absent, given.strangers
    return Import(files, tuple(listed), tuple(problems), tuple(bad), absent, strangers, before)


def _base(folder: Path, given: ReceivedWorkbook, since: str) -> dict[str, Record] | None:
    """The records that the file was made from; None without git: then today's are."""
    named = since or given.commit
    repository, head = head_of(folder)
    if repository is None or head is None:
        return None
    if not named:
        raise UserError(
            "Ce fichier ne dit pas de quelle version des fiches il vient.",
            "Si vous le savez, dites-le : --depuis VERSION (un commit, une étiquette).",
        )
    commit = repository.resolve(named)
    if commit is None:
        raise UserError(
            f"Ce fichier vient de la version {named}, que ce dépôt ne connaît pas.",
            "Lancez « git pull » pour la recevoir, ou exportez de nouveau.",
        )
    with additions.kept():
        read = load_corpus(CommitTree(repository, commit, below_top(folder)))
    if read.corpus is None:
        raise BrokenCorpus(read)
    return _of_type(read.corpus, given.type)


def _of_type(corpus: Corpus, type_: str) -> dict[str, Record]:
    return {record.id: record for record in corpus.records.values() if record.type == type_}


class _Everything:
    """A container that allows every text to be quoted: the reader has the files anyway."""

    def __contains__(self, _text: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
