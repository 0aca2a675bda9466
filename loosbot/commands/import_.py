"""``loosbot import``: a spreadsheet, or a document, into the corpus."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

import click

from loosbot import extras
from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.french import confirm
from loosbot.commands.options import corpus_option
from loosbot.commands.output import say
from loosbot.corpus.check.load import whole_corpus
from loosbot.corpus.french import counted, listed
from loosbot.corpus.tree import FolderTree
from loosbot.dump.edition.key import key_file, load_key
from loosbot.dump.filtered import Kind
from loosbot.errors import UsageError, UserError
from loosbot.exchange import codes, drafts, spreadsheets
from loosbot.exchange.unpacked import file_bytes
from loosbot.files import changed_since, create_below, replace_below, writing

_SHEETS = (".ods", ".xlsx", ".csv")
_DRAFTS = {"recit": drafts.recit, "reunion": drafts.reunion}


@click.command()
@click.argument("what", metavar="[recit|reunion|codes|decidim] FICHIER", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
@click.option("--dry-run", is_flag=True, help="Montrer seulement ce qui changerait.")
@click.option(
    "--depuis", metavar="VERSION", default="",
    help="De quelle version vient un tableau qui ne le dit plus.",
)  # fmt: skip
@corpus_option
@needs_sound_corpus
def command(what: tuple[str, ...], yes: bool, dry_run: bool, depuis: str, corpus: Path) -> int:
    """Reprendre un tableau, ou faire un brouillon d’un document.

    D’un tableau, seules les cases que quelqu’un a changées comptent : ce qui a changé dans les
    fiches depuis l’exportation reste. « recit » et « reunion » font une fiche à compléter d’un
    document (docx, odt, md, txt) : ce que l’on ne sait pas y est demandé, jamais inventé.
    « decidim » fait un brouillon de chaque proposition, réunion et réalisation d’une archive de
    données ouvertes, à côté des fiches. « codes » montre ce que proposent les codes qu’un
    chercheur a posés sur les textes d’un export (qdpx) : rien n’en est écrit.

    Exemple : loosbot import projets.ods
    """
    *kinds, name = what
    file = Path(name)
    if kinds == ["decidim"]:
        return _decidim(file, corpus, dry_run=dry_run)
    if kinds == ["codes"]:
        return _codes(file, corpus)
    if kinds:
        if len(kinds) > 1 or kinds[0] not in _DRAFTS:
            raise UsageError(
                "« import » prend un tableau, ou bien « recit », « reunion », « codes » ou "
                "« decidim » et un fichier.",
                "Par exemple : loosbot import recit un-banc.docx",
            )
        return _document(kinds[0], file, corpus, dry_run=dry_run)
    return _spreadsheet(file, corpus, yes=yes, dry_run=dry_run, since=depuis)


def _document(kind: str, file: Path, corpus: Path, *, dry_run: bool) -> int:
    if file.suffix.lower() not in drafts.ENDINGS:
        raise UsageError(
            f"« {file.name} » n’est pas un document que l’on lit.", drafts.instead(str(file))
        )
    if file.suffix.lower() == ".docx":
        extras.require("import")
    draft = _DRAFTS[kind](drafts.read(file_bytes(file), file.name), file.name)
    target = corpus / draft.path
    if target.exists():
        raise UserError(
            f"{draft.path} existe déjà : il reste comme il est.",
            "Changez le titre du document, ou déplacez ce fichier.",
        )
    if dry_run:
        say(draft.data.decode(), nl=False)
        return 0
    with writing(draft.path):
        create_below(corpus, draft.path, draft.data)
    say(f"{draft.title} : brouillon écrit dans {draft.path}.")
    say("À dire avant de publier (« loosbot check » le redira) :")
    for question in draft.questions:
        say(f"  - {question}")
    return 0


def _codes(file: Path, corpus: Path) -> int:
    if file.suffix.lower() != ".qdpx":
        raise UsageError(
            f"« {file.name} » n’est pas un projet d’un logiciel de codage.",
            "Exportez-le au format REFI-QDA : un fichier .qdpx.",
        )
    whole = whole_corpus(FolderTree(corpus))
    # without a key nothing was ever given out under one: none is made here
    key = key_file(whole.config.corpus, os.environ)
    kinds: tuple[Kind, ...] = ("publique", "recherche") if key.exists() else ()
    series = [load_key(key, kind, corpus, say) for kind in kinds]
    coded = codes.read(file_bytes(file), file.name, whole, series)
    for record, proposals in groupby(coded.proposals, key=lambda proposal: proposal.record):
        say(f"{record.title} ({record.path})")
        for proposal in proposals:
            say(
                f"  voix {proposal.rank}, {proposal.field} : {proposal.word} (« {proposal.label} »)"
            )
            if proposal.passage:
                say(f"    sur « {proposal.passage} »")
    if coded.proposals:
        say("Ce sont des propositions, rien n’est écrit : ajoutez dans chaque fiche celles que "
            "vous retenez, puis « loosbot check ».")  # fmt: skip
    else:
        say("Ces codes ne proposent rien que les fiches n’aient déjà.")
    if coded.unplaced:
        say("\nNON REPRIS", err=True)
        for sentence in coded.unplaced:
            say(f"  {sentence}", err=True)
    return 1 if coded.unplaced else 0


def _decidim(file: Path, corpus: Path, *, dry_run: bool) -> int:
    extras.require("import")
    from loosbot.exchange import decidim

    made = decidim.read(file_bytes(file), file.name)
    new = [draft for draft in made if not (corpus / draft.path).exists()]
    if not dry_run:
        for draft in new:
            with writing(draft.path):
                create_below(corpus, draft.path, draft.data)
    for draft in new:
        say(f"{draft.path} : {draft.title}")
    if len(new) < len(made):
        say(f"Brouillons qui y étaient déjà, et restent : {len(made) - len(new)}.", err=True)
    if dry_run:
        say("Rien n’est écrit (--dry-run).")
        return 0
    say(
        f"Brouillons écrits dans {decidim.FOLDER}/ : {len(new)}. Rien n’en est publié : relisez "
        "chacun, puis rangez dans narratives/ ceux que vous gardez."
    )
    return 0


def _spreadsheet(file: Path, corpus: Path, *, yes: bool, dry_run: bool, since: str) -> int:
    if file.suffix.lower() not in _SHEETS:
        hint = f"Ceux que l’on lit : {', '.join(_SHEETS)}."
        if file.suffix.lower() in drafts.ENDINGS:
            hint = f"D’un document, dites d’abord ce qu’il est : loosbot import recit {file}"
        raise UsageError(f"« {file.name} » n’est pas un tableau.", hint)
    if file.suffix.lower() == ".xlsx":
        extras.require("import")
    sheet = spreadsheets.prepared(corpus, spreadsheets.opened(file), since)
    _print(sheet)
    code = 1 if sheet.problems else 0
    if sheet.findings:
        say("\nAvec ces changements, le corpus aurait des fautes :", err=True)
        for finding in sheet.findings[:20]:
            say(f"  {finding.path}:{finding.line} : {finding.message}", err=True)
            if finding.hint:
                say(f"    {finding.hint}", err=True)
        say("Rien n’est écrit : corrigez le tableau, puis relancez.", err=True)
        return 1
    if not sheet.files:
        say("Rien à changer dans les fiches.")
        return code
    if dry_run:
        say("Rien n’est écrit (--dry-run).")
        return code
    count = len(sheet.files)
    if not yes and not confirm(f"Écrire {counted(count, 'fiche')} ?"):
        say("Rien n’est écrit.")
        return code
    if saved := changed_since(corpus, sheet.before):
        named = listed([f"« {path} »" for path in saved])
        raise UserError(
            f"Changé pendant que vous relisiez : {named}. Rien n’a été écrit.",
            "Relancez la même commande.",
        )
    for path, data in sheet.files.items():
        with writing(path):
            replace_below(corpus, path, data)
    say(f"{counted(count, 'fiche écrite', 'fiches écrites')}. Relisez, puis enregistrez : git.")
    return code


def _print(sheet: spreadsheets.Import) -> None:
    for id_, title, changes in sheet.records:
        if not changes:
            say(f"{title} ({id_}) : nouvelle fiche.")
            continue
        say(f"{title} ({id_})")
        for change in changes:
            say(f"  {change.sentence}")
    if sheet.strangers:
        names = ", ".join(f"« {name} »" for name in sheet.strangers)
        say(f"Feuilles laissées de côté, aucune exportation ne les a écrites : {names}.", err=True)
    if sheet.absent:
        say(f"Fiches que le tableau n’a pas, et qui restent : {sheet.absent}.", err=True)
    if sheet.problems:
        say("\nNON REPRIS", err=True)
        for problem in sheet.problems:
            say(f"  {problem.where} : {problem.message}", err=True)
