"""A whole dump: every format from one edition, then what describes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from loosbot.dump import (
    citation,
    csvfiles,
    iramuteq,
    licences,
    ohms,
    parquet,
    prov,
    qda,
    readme,
    report,
    sqlite,
    texts,
    transition,
    wikixml,
    withdrawals,
)
from loosbot.dump import datapackage as package
from loosbot.dump.model import Edition
from loosbot.dump.participedia import files as participedia
from loosbot.dump.table import Table
from loosbot.dump.tables import tables
from loosbot.dump.writer import Data, new_folder, zip_folder
from loosbot.errors import UserError

Files = Iterator[tuple[str, Data]]
Format = Callable[[Edition, Sequence[Table]], Files]
Progress = Callable[[], None]

FORMATS: Sequence[Format] = (
    csvfiles.files,
    sqlite.files,
    texts.files,
    iramuteq.files,
    qda.files,
    prov.files,
    participedia.files,
    transition.files,
    ohms.files,
    # last: its library stays in memory
    parquet.files,
)
WORDS: Sequence[tuple[str, str, str]] = (
    (
        "data.sqlite",
        "les mêmes tables ; « datasette data.sqlite -m metadata.json » les montre",
        "the same tables, with their metadata for Datasette",
    ),
    (
        "parquet/commune=…/",
        "les mêmes tables, à poser à côté de celles d’autres communes (DuckDB, Spark)",
        "the same tables, to lie beside those of other towns (DuckDB, Spark)",
    ),
    (
        "textes/",
        "les mots des voix, un fichier par récit (TXM, R)",
        "the words of the voices, one file a story (TXM, R)",
    ),
    (
        "iramuteq/recits.txt",
        "les mêmes mots, un texte par voix ; en dessous d’une vingtaine de segments de 40 mots, "
        "une classification de Reinert ne veut rien dire",
        "the same words, one text a voice",
    ),
    (
        "qda/recits.qdpx",
        "les mêmes mots codés par rôle, thème, effet et frottement (NVivo, ATLAS.ti, MAXQDA, "
        "QualCoder)",
        "the same words coded by role, theme, effect and friction (REFI-QDA)",
    ),
    (
        "wiki/pages.xml",
        "les pages du wiki, pour importDump.php et mwxml",
        "the wiki's pages, for importDump.php and mwxml",
    ),
    (
        "prov.json",
        "d’où vient chaque fiche : fichier, commit, rôle de l’auteur (PROV)",
        "where each record comes from (PROV)",
    ),
    (
        "participedia/",
        "les projets dans les colonnes de Participedia, et ce que vaut chaque case (etats.csv)",
        "the projects in Participedia's columns, and what each cell is worth (etats.csv)",
    ),
    (
        "projets-territoire.csv",
        "les projets de transition, dans le schéma national des projets de collectivités",
        "ecological-transition projects in the French national schema",
    ),
    ("ohms/", "les récits filmés, pour le lecteur OHMS", "the filmed stories, for OHMS"),
    ("RETRAITS.csv", "ce qui a été retiré depuis l’édition précédente", "what was withdrawn"),
    ("rapport.json", "comptes, et ce qui a été masqué", "counts, and what was withheld"),
)


def write(
    edition: Edition, target: Path, since: Path | None, tell: Progress, archive: bool = False
) -> None:
    """Write a dump into ``target``, which appears whole or not at all. Raises UserError.

    ``since`` is the previous dump of the same series; ``tell`` is called at each step.
    """
    zipped = target.with_name(f"{target.name}.zip")
    if archive and zipped.exists():
        raise UserError(f"« {zipped} » existe déjà.", "Choisissez un autre dossier.")
    gone = withdrawals.since(edition, since) if since else []
    with new_folder(target) as folder:
        tell()
        # first: what the pages are made from is let go before the tables need room
        folder.write(wikixml.files(edition))
        tell()
        found = tables(edition)
        for format_ in FORMATS:
            tell()
            folder.write(format_(edition, found))
        tell()
        folder.write([(withdrawals.NAME, withdrawals.encoded(gone))])
        folder.write([(report.NAME, report.report(edition, found))])
        folder.write([(citation.NAME, citation.citation(edition))])
        paths = sorted(one.path for one in folder.written)
        formats = [
            one for one in WORDS if any(path.startswith(one[0].split("…")[0]) for path in paths)
        ]
        folder.write([(readme.NAME, readme.readme(edition, found, formats))])
        folder.write([(licences.NAME, licences.licences_md(edition, paths))])
        described = [*found, *participedia.described()]
        folder.write([(package.NAME, package.datapackage(edition, described, folder.written))])
        folder.seal()
    if archive:
        tell()
        zip_folder(target, zipped, prefix(edition))


def steps(archive: bool) -> int:
    """How many times :func:`write` calls ``tell``."""
    return len(FORMATS) + 3 + archive


def prefix(edition: Edition) -> str:
    """The folder's own name: town, day and edition."""
    snapshot = edition.snapshot
    return "_".join(filter(None, (snapshot.corpus, snapshot.date, edition.kind)))
