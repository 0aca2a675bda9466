"""``loosbot doctor``: what is wrong here, and what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from loosbot.commands.options import form_option, home_options
from loosbot.commands.output import say
from loosbot.corpus.french import counted
from loosbot.doctor.diagnosis import Diagnosis
from loosbot.doctor.local import now
from loosbot.doctor.run import Patient, visit
from loosbot.history.git import Repository

_SIGNS = {"error": "À FAIRE", "warning": "à savoir", "ok": "en ordre"}


@click.command()
@click.option("--silencieux", is_flag=True, help="Ne rien dire de ce qui est en ordre : pour cron.")
@form_option("text", "json", help_text="Forme de la réponse : pour les yeux ou un programme.")
@home_options("Rien à regarder ici")
def command(silencieux: bool, form: str, depot: Repository | None, corpus: Path | None) -> int:
    """Dire ce qui ne va pas ici, et quoi faire ; ne rien changer.

    Regarde le wiki (version, droits du robot, pages qui attendent), git, les crochets, les
    accords qui finissent, le disque, la sauvegarde. Code 1 s’il y a quelque chose à faire.

    Exemple : loosbot doctor --silencieux
    """
    findings = list(visit(Patient(corpus, depot), os.environ, now()))
    wrong = [finding for finding in findings if finding.severity == "error"]
    shown = wrong if silencieux else findings
    if form == "json":
        answer = {"findings": [asdict(finding) for finding in shown]}
        say(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _print(shown, len(wrong), silencieux)
    return 1 if wrong else 0


def _print(shown: Sequence[Diagnosis], wrong: int, quietly: bool) -> None:
    order = list(_SIGNS)
    for finding in sorted(shown, key=lambda finding: order.index(finding.severity)):
        say(f"{_SIGNS[finding.severity]} : {finding.message} [{finding.code}]")
        for line in finding.hint.splitlines():
            say(f"    {line}")
    if not quietly:
        say(f"{counted(wrong, 'point')} à traiter." if wrong else "Rien ne demande quelqu’un.")
