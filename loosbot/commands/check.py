"""``loosbot check``: read everything, say what is wrong, change nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.corpus.check import incremental
from loosbot.corpus.check.load import BrokenCorpus, within
from loosbot.corpus.check.strays import strays
from loosbot.corpus.french import counted
from loosbot.corpus.model import Finding, Reading
from loosbot.corpus.paths import RECORDS, VERSIONS, record_path
from loosbot.corpus.privacy import agreed
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.wording import slug
from loosbot.errors import UsageError
from loosbot.escaping import harmless
from loosbot.gcpause import collector_off
from loosbot.history.consentday import real_day
from loosbot.history.sparse import partial_folder

Options = ParamSpec("Options")

_WORDS = {"error": "erreur", "warning": "avertissement"}


@click.command()
@click.argument("paths", nargs=-1, metavar="[CHEMIN]…")
@form_option(
    "text",
    "json",
    "github",
    help_text="Forme de la réponse : pour les yeux, pour un programme, pour une forge.",
)
@corpus_option
@collector_off()
def command(paths: tuple[str, ...], form: str, corpus: Path) -> int:
    """Vérifier les fichiers du corpus, sans rien y changer.

    Avec un CHEMIN (fichier ou dossier), seules ses fautes sont montrées ; tout le corpus est lu
    quand même, pour suivre les liens.

    Exemple : loosbot check narratives/recit/jamais-sans-ma-pince.yaml
    """
    only = [_relative(path, corpus) for path in paths] or None
    reading = _read(corpus, only)
    if form == "json":
        say(_json(reading))
    elif form == "github":
        for finding in reading.findings:
            say(_github(finding))
    else:
        for finding in reading.findings:
            say(_text(finding))
    if form != "json":
        say(_summary(reading), err=form == "github")
    return 1 if reading.errors else 0


def _read(corpus: Path, only: list[str] | None) -> Reading:
    """The findings; of two files with one title, git knows which is the newer, and git alone
    knows of a version that it does not hold."""
    tree = FolderTree(corpus)
    result = incremental.check(tree, real_day())
    if any(finding.code == "titre-en-double" for finding in result.reading.findings):
        from loosbot.history.git import Repository  # imported late: git is needed for this alone

        repository = Repository.open(corpus)
        if repository and repository.head():
            # how many commits ago each file came; one that git does not hold yet came just now
            came = {path: made[-1].rank + 1 for path, made in repository.versions().items()}
            result = incremental.check(tree, real_day(), came)
    findings = result.reading.findings
    if result.versions and (only is None or {VERSIONS, "pages", "."}.intersection(only)):
        from loosbot.diff.past import unknown_versions  # imported late: few corpora name versions

        findings = (*findings, *unknown_versions(tree, result.versions, corpus))
    findings = tuple(sorted((*findings, *strays(corpus))))
    if only is not None:
        findings = tuple(finding for finding in findings if within(finding.path, only))
    return replace(result.reading, findings=(*partial_folder(corpus), *findings))


def _relative(path: str, corpus: Path) -> str:
    """``path`` as seen from the corpus. It may be given from here or from the corpus."""
    # links are not followed: a link that leaves the corpus is a fault to show, under its own name
    # « recit/mon-recit » is a record's own name
    typed = (Path.cwd() / path, corpus / path, corpus / record_path(path))
    candidates = [Path(os.path.normpath(full)) for full in typed]
    present = [full for full in candidates if os.path.lexists(full)]
    for full in present:
        if full.is_relative_to(corpus):
            return full.relative_to(corpus).as_posix()
    if not present:
        name = slug(Path(path).stem)
        near = sorted((corpus / RECORDS).glob(f"*/{name}.yaml")) if name else []
        shown = " ou ".join(path.relative_to(corpus).as_posix() for path in near)
        hint = f"Vouliez-vous dire {shown} ?" if near else "Vérifiez le chemin."
        raise UsageError(f"« {path} » n’existe pas.", hint)
    raise UsageError(
        f"« {path} » n’est pas dans le corpus {corpus}.", "Indiquez un fichier de ce corpus."
    )


def _json(reading: Reading) -> str:
    answer = {
        "findings": [asdict(finding) for finding in reading.findings],
        "files": reading.files,
        "records": reading.records,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def show_findings(reading: Reading, most: int | None = None) -> int:
    """Tell another command's user, on the error stream, why it stops; returns its exit code.

    All findings are counted, and the first ``most`` of them shown.
    """
    for finding in reading.findings[:most]:
        say(_text(finding), err=True)
    if more := len(reading.findings[most:]) if most else 0:
        say(f"Et {counted(more, 'autre')} : « loosbot check » montre tout.", err=True)
    say(_summary(reading), err=True)
    say("Rien n’a été fait : corrigez les erreurs, puis relancez.", err=True)
    return 1


def needs_sound_corpus(command: Callable[Options, int]) -> Callable[Options, int]:
    """For a command that can do nothing with a corpus that has errors: it shows them instead."""

    @wraps(command)
    def stopping(*args: Options.args, **kwargs: Options.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except BrokenCorpus as broken:
            return show_findings(broken.reading)

    return stopping


def _text(finding: Finding) -> str:
    head = f"{finding.path}:{finding.line}:{finding.column}: {_WORDS[finding.severity]}"
    lines = [f"{head} [{finding.code}] {finding.message}"]
    lines += [f"    {line}" for line in finding.hint.splitlines()]
    return "\n".join(harmless(line) for line in lines)


def _github(finding: Finding) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands"""
    place = f"file={_property(finding.path)},line={finding.line},col={finding.column}"
    message = f"{finding.message} {finding.hint}".strip()
    return f"::{finding.severity} {place},title={finding.code}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _summary(reading: Reading) -> str:
    warnings = len(reading.findings) - reading.errors
    counts = [
        counted(reading.records, "fiche lue", "fiches lues")
        if reading.records
        else "Aucune fiche lue",
        counted(reading.errors, "erreur") if reading.errors else "aucune erreur",
    ]
    if warnings:
        counts.append(counted(warnings, "avertissement"))
    summary = ", ".join(counts) + "."
    if not reading.records and not reading.findings:
        summary += " Écrivez la première dans narratives/recit/ : le guide en montre une."
    if silent := sum(finding.code == agreed.SILENT for finding in reading.findings):
        summary += f" {silent} voix sans consentement écrit."
    return summary
