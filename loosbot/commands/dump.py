"""``loosbot dump``: what researchers and other towns may have of the corpus."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from loosbot.commands.check import show_findings
from loosbot.commands.french import FrenchGroup
from loosbot.commands.options import ExistingPath, corpus_option, day_of
from loosbot.commands.output import say
from loosbot.corpus.addresses import is_web_address
from loosbot.corpus.check import cachefolder
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.french import agreed, counted
from loosbot.corpus.model import Corpus
from loosbot.dump import build as whole
from loosbot.dump.check import compare
from loosbot.dump.check import folder as check
from loosbot.dump.check.received import folder as received
from loosbot.dump.check.received import open_dump
from loosbot.dump.edition import source
from loosbot.dump.edition.edition import EditionRequest, UndeclaredNames, build
from loosbot.dump.edition.key import key_file, load_key
from loosbot.dump.edition.withdrawals import told_to_another
from loosbot.dump.filtered import KINDS, Edition, Kind
from loosbot.dump.forked import beside
from loosbot.erasure import forget
from loosbot.errors import UsageError
from loosbot.escaping import harmless
from loosbot.extras import require
from loosbot.gcpause import collector_paused, collector_slowed
from loosbot.sync.pagestore import PageStore


@click.group(cls=FrenchGroup)
def command() -> None:
    """Exporter le corpus pour la recherche, vérifier un export, en comparer deux."""


@command.command("build")
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--edition",
    "kind",
    type=click.Choice(list(KINDS)),
    default="publique",
    help="publique (par défaut) : ce que tous peuvent lire ; recherche : exacte, pour une équipe.",
)
@click.option("--recipient", metavar="TEXTE", help="À qui l’édition recherche est remise.")
@click.option("--expires", metavar="JOUR", help="Quand elle devra être détruite : 2027-12-31.")
@click.option(
    "--since",
    metavar="DOSSIER",
    type=ExistingPath(),
    help="L’export précédent : ce qui en a disparu est écrit dans RETRAITS.csv.",
)
@click.option(
    "--adresse",
    "address",
    default="",
    metavar="URL",
    help="Où le dossier se lira ; il la faut pour que data.gouv.fr moissonne catalogue.jsonld.",
)
@click.option("--zip", "archive", is_flag=True, help="Écrire aussi le tout en un fichier .zip.")
@corpus_option
@collector_slowed()
def build_command(
    target: Path,
    kind: Kind,
    recipient: str | None,
    expires: str | None,
    since: Path | None,
    address: str,
    archive: bool,
    corpus: Path,
) -> int:
    """Écrire un export dans DOSSIER, qui ne doit pas exister ou doit être vide.

    L’édition publique remplace par un code les personnes qui n’ont pas donné leur accord. Elle
    n’est pas anonyme pour autant : le README de l’export dit ce qui n’est pas promis.

    Exemple : loosbot dump build ../export-2026 --zip
    """
    require("dump")
    order = _order(kind, recipient, expires)
    place = _place(kind, address)
    try:
        with collector_paused():
            edition = _edition(corpus, order)
            # exempt the corpus from garbage collection; the pages made from now on are short-lived,
            # and collected
            gc.freeze()
            # a full collection while next to nothing is left: the threshold for the next one, a
            # quarter of the surviving objects, is then low
            gc.collect()
        return _write(edition, target, since, archive, place)
    except BrokenCorpus as broken:
        return show_findings(broken.reading)
    except UndeclaredNames as names:
        return _show_names(names)
    finally:
        gc.unfreeze()


def _order(kind: Kind, recipient: str | None, expires: str | None) -> EditionRequest:
    if kind == "publique":
        if recipient or expires:
            raise UsageError(
                "L’édition publique n’a ni destinataire ni fin.",
                "Ajoutez --edition recherche, ou retirez --recipient et --expires.",
            )
        return EditionRequest(kind)
    if not (recipient or "").strip() or not expires:
        raise UsageError(
            "L’édition recherche est remise à quelqu’un, pour un temps.",
            'Ajoutez --recipient "Équipe, établissement" --expires 2027-12-31.',
        )
    return EditionRequest(kind, " ".join((recipient or "").split()), day_of(expires).isoformat())


def _place(kind: Kind, address: str) -> str:
    """Where the folder will be read, as the base of its addresses; "" when it was not given."""
    if not address:
        return ""
    if kind != "publique":
        raise UsageError("L’édition recherche n’est dans aucun catalogue.", "Retirez --adresse.")
    if not is_web_address(address) or set("?#") & set(address):
        raise UsageError(
            f"« {harmless(address)} » n’est pas l’adresse d’un dossier.",
            "Écrivez-la en entier : --adresse https://www.exemple.fr/donnees/",
        )
    return f"{address.rstrip('/')}/"


def _edition(corpus: Path, order: EditionRequest) -> Edition:
    given = source.read(corpus)
    _forget(given.corpus, corpus)
    if order.expires and order.expires <= given.snapshot.date:
        raise UsageError(
            f"L’édition expirerait le {order.expires}, avant d’être faite.",
            f"Donnez à --expires un jour après le {given.snapshot.date}.",
        )
    if given.snapshot.modified:
        say(
            "Attention : des fichiers du corpus ne sont pas enregistrés dans git ; personne ne "
            "pourra refaire cet export à l’identique.",
            err=True,
        )
    where = key_file(given.corpus.config.corpus, os.environ)
    codes = load_key(where, order.kind, corpus, lambda text: say(text, err=True))
    return build(given, order, codes, _kept(corpus), beside)


def _forget(corpus: Corpus, folder: Path) -> None:
    """Rid what we keep, the pages of earlier dumps too, of who withdrew, whatever the edition."""
    if cachefolder.folder() is not None:
        for line in forget(corpus, os.environ, folder):
            say(line, err=True)


def _kept(corpus: Path) -> Callable[[str], PageStore] | None:
    """Where the pages of the last research edition of this folder are kept."""
    cache = cachefolder.folder()
    if cache is None:
        return None
    return lambda scope: PageStore(cache, str(corpus.resolve()), "dump recherche", scope=scope)


def _write(edition: Edition, target: Path, since: Path | None, archive: bool, address: str) -> int:
    steps = whole.steps(archive)
    with click.progressbar(length=steps, label="Export", file=sys.stderr) as bar:
        refused = whole.write(edition, target, since, lambda: bar.update(1), archive, address)
    if refused:
        say(
            f"Hors de participedia/cases.csv : {counted(len(refused), 'projet')} ; "
            "rapport.json dit pourquoi.",
            err=True,
        )
    if since and (other := told_to_another(target, since)):
        say(
            f"Attention : RETRAITS.csv dit à « {harmless(edition.recipient)} » qui s’est retiré "
            f"depuis l’export remis à « {harmless(other)} ». Envoyez-le à qui a reçu cet export, "
            "et refaites celui-ci sans --since si c’est le premier que cette équipe reçoit.",
            err=True,
        )
    spoken = sum(bool(passage.end) for passage in edition.passages)
    hidden = len(edition.people)
    masked = f" et {counted(hidden, 'personne')} {agreed('masquée', hidden)}"
    say(
        f"Édition {edition.kind} écrite dans {target} : "
        f"{counted(len(edition.records) - hidden, 'fiche')}{masked if hidden else ''}, "
        f"{spoken} voix sur {len(edition.passages)} avec leur texte."
    )
    return 0


def _show_names(names: UndeclaredNames) -> int:
    for finding in names.findings:
        say(
            f"{finding.path}:{finding.line}:{finding.column}: "
            f"erreur [{finding.code}] {finding.message}",
            err=True,
        )
    say(f"    {names.findings[0].hint}", err=True)
    say("Rien n’a été écrit.", err=True)
    return 1


@command.command("check")
@click.argument("folder", metavar="DOSSIER", type=ExistingPath())
def check_command(folder: Path) -> int:
    """Revérifier un export reçu : empreintes, colonnes, renvois, places dans les textes.

    Ni le corpus ni un wiki ne sont nécessaires.

    Exemple : loosbot dump check ../export-2026
    """
    faults = 0
    for fault in check.faults(received(folder)):
        say(f"{fault}.")
        faults += 1
    if faults:
        say(f"{counted(faults, 'faute')}.", err=True)
        return 1
    say("Export intact.")
    return 0


@command.command("diff")
@click.argument("before", metavar="AVANT", type=ExistingPath())
@click.argument("after", metavar="APRÈS", type=ExistingPath())
def diff_command(before: Path, after: Path) -> int:
    """Dire ce qui a été ajouté, changé et retiré entre deux exports de la même série.

    Exemple : loosbot dump diff ../export-2025 ../export-2026
    """
    dumps = open_dump(before), open_dump(after)
    sentences = [harmless(sentence) for sentence in compare.differences(*dumps)]
    for dump in dumps:
        for path in compare.altered(dump):
            say(f"Attention : {dump.root}/{path} n’est plus tel qu’il a été écrit.", err=True)
    for sentence in sentences:
        say(sentence)
    if not sentences:
        say("Les deux exports disent la même chose.")
    return 0
