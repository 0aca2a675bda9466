"""A whole dump: every format from one edition, then what describes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from loosbot import resources
from loosbot.dump import citation, licences, readme, report
from loosbot.dump import datapackage as package
from loosbot.dump.edition import withdrawals
from loosbot.dump.filtered import Edition
from loosbot.dump.formats import (
    catalogue,
    csvfiles,
    dublin_core,
    iramuteq,
    network,
    ohms,
    parquet,
    places,
    prov,
    qda,
    spreadsheet,
    sqlite,
    texts,
    transition,
    vocabularies,
    wikixml,
)
from loosbot.dump.formats.participedia import files as participedia
from loosbot.dump.formats.participedia.sheet import ExaminedCase, examined, refusals
from loosbot.dump.tables.normative import tables
from loosbot.dump.tables.table import TOWN, Table
from loosbot.dump.writer import Data, Folder, new_folder, require_new, zip_folder
from loosbot.errors import UserError

Files = Iterator[tuple[str, Data]]
Progress = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A writer of files, and their licence; "" for that of the whole edition."""

    files: Callable[[Edition, Sequence[Table]], Files]
    licence: Callable[[str, Mapping[str, Table]], str] = lambda path, tables: ""


def _of_table(name: Callable[[str], str]) -> Callable[[str, Mapping[str, Table]], str]:
    return lambda path, tables: tables[name(path)].licence


def _town(path: str, tables: Mapping[str, Table]) -> str:
    return TOWN


def _formats(entries: Sequence[ExaminedCase]) -> Sequence[Format]:
    """Every format, in the order of writing; ``entries`` are the cases for Participedia."""
    return (
        Format(csvfiles.files, _of_table(lambda path: PurePosixPath(path).stem)),
        Format(sqlite.files),
        Format(texts.files),
        Format(iramuteq.files),
        Format(qda.files),
        Format(vocabularies.files, _town),
        Format(dublin_core.files, _town),
        Format(network.files, _town),
        Format(places.files, _town),
        Format(spreadsheet.files),
        Format(prov.files, _town),
        Format(lambda edition, tables: participedia.files(edition, entries)),
        Format(transition.files, _town),
        Format(ohms.files),
        # late: another process may still be making the pages
        Format(lambda edition, tables: wikixml.files(edition)),
        # last: pyarrow stays in memory once imported
        Format(parquet.files, _of_table(parquet.table_of)),
    )


def write(
    edition: Edition,
    target: Path,
    since: Path | None,
    tell: Progress,
    archive: bool = False,
    address: str = "",
) -> list[str]:
    """Write a dump into ``target``, which appears whole or not at all. Raises UserError.

    Returns why projects are missing from the cases for Participedia, a sentence each.

    ``since`` is the previous dump of the same series; ``tell`` is called at each step; ``address``
    is where the folder will be read, for who harvests its catalogue.
    """
    require_new(target)
    target = target.resolve()
    zipped = target.with_name(f"{target.name}.zip")
    if archive and zipped.exists():
        raise UserError(f"« {zipped} » existe déjà.", "Choisissez un autre dossier.")
    withdrawn = withdrawals.since(edition, since) if since else []
    with new_folder(target) as folder:
        tell()
        written_tables = tables(edition)
        by_name = {table.name: table for table in written_tables}
        declared: dict[str, str] = {}
        entries = examined(edition)
        refused = refusals(entries)
        for format_ in _formats(entries):
            tell()
            earlier = len(folder.written)
            folder.write(format_.files(edition, written_tables))
            for written in folder.written[earlier:]:
                declared[written.path] = format_.licence(written.path, by_name)
        tell()
        paper = len(folder.written)
        folder.write([(withdrawals.NAME, withdrawals.encoded(withdrawn))])
        folder.write([(report.NAME, report.report(edition, written_tables, refused))])
        folder.write([(citation.NAME, citation.citation(edition, address))])
        _describe(folder, edition, written_tables, declared, paper, address)
        folder.seal()
    if archive:
        tell()
        zip_folder(target, zipped, prefix(edition))
    return refused


def _describe(
    folder: Folder,
    edition: Edition,
    written_tables: Sequence[Table],
    declared: Mapping[str, str],
    paper: int,
    address: str,
) -> None:
    """Write what describes the other files, after them: guide, licences, catalogues, package.

    ``declared`` is the licence of each file of a format, by path; from the rank ``paper`` on, those
    that are written are the town's own.
    """
    paths = sorted(written.path for written in folder.written)
    public = edition.kind == "publique"
    to_come = (catalogue.CRATE, *((catalogue.DCAT,) if public else ()))
    # path, French and English words of each: « … » stands for a name
    rows = (row.split("\n") for row in resources.text("dump/files.txt").strip().split("\n\n"))
    formats = [
        (path, french, english)
        for path, french, english in rows
        if any(written.startswith(path.split("…")[0]) for written in (*paths, *to_come))
    ]
    folder.write([(readme.NAME, readme.readme(edition, written_tables, formats))])
    licensed = {**declared, **{written.path: TOWN for written in folder.written[paper:]}}
    licensing = licences.Licensing(
        licences.covering(edition), {path: name for path, name in licensed.items() if name}
    )
    folder.write([(licences.NAME, licences.licences_md(edition, paths, licensing))])
    if public:
        kept = [written for written in sorted(folder.written) if written.path in licensed]
        row = catalogue.row(edition, written_tables, kept, address)
        folder.write([(catalogue.ROW, row)])
        dcat = catalogue.dcat(edition, written_tables, kept, licensing, address)
        folder.write([(catalogue.DCAT, dcat)])
    crate = catalogue.crate(edition, sorted(folder.written), licensing)
    folder.write([(catalogue.CRATE, crate)])
    described = [*written_tables, *participedia.described()]
    datapackage = package.datapackage(edition, described, folder.written, licensing)
    folder.write([(package.NAME, datapackage)])


def steps(archive: bool) -> int:
    """How many times :func:`write` calls ``tell``."""
    return len(_formats(())) + 2 + archive


def prefix(edition: Edition) -> str:
    """The folder's own name: town, day and edition."""
    snapshot = edition.snapshot
    return "_".join(filter(None, (snapshot.corpus, snapshot.date, edition.kind)))
