"""Runs beside the usual ones: another commit at the same time, undone, of one page, over people's
changes, a pull that is killed.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import faults
from desk import Answer, Desk
from patience import LONG
from proxy import Exchange, Fault, Proxy, Request
from wikis import Wiki

from torture.people import People
from torture.staff import SLOTS, Staff


@dataclass
class Figures:
    """What a sequence, or many, came to."""

    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


class OtherRuns:
    """Verbs of the machine, which has all that they work with; ``_wiki`` is behind no proxy."""

    figures: Figures
    _wiki: Wiki
    _proxy: Proxy
    _desk: Desk
    _folder: Path
    _people: People
    _staff: Staff
    _told: list[Answer]
    _after_pull: set[str]

    def _publish(self, *words: str, faulty: bool = False, late: bool = False) -> Answer:
        raise NotImplementedError

    def _collect(self) -> None:
        raise NotImplementedError

    def _broken(self, words: str) -> None:
        raise NotImplementedError

    def _colleague(self, a: int, b: int) -> None:
        """A colleague publishes another commit while ours is published, at any request of it.

        What their run showed is not undone by ours, nor by the next one before both are merged.
        """
        folder = self._folder / "collegue"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._desk.folder, folder)
        theirs = Desk(folder, self._wiki, self._folder / "la-sienne")
        staff = Staff(theirs)
        staff.read()
        before = dict(staff.words)
        for number in range(1 + a % 2):
            verb = ("edit", "edit", "add", "rename")[(a + number) % 4]
            getattr(staff, verb)(a // 7 + number, 5000 + a)
        getattr(self._staff, ("edit", "rename", "edit", "remove")[b % 4])(b // 7, 6000 + b)
        first = len(self._proxy.seen) + 1 + b % 30
        begun: list[int] = []
        runs: list[Answer] = []

        def script(request: Request) -> Fault | None:
            if request.number < first or begun:
                return None
            begun.append(request.number)
            when = (faults.meanwhile, faults.afterwards)[a % 2]
            return when(lambda: runs.append(theirs.sync_apart("--yes-retire")))

        self._proxy.script = script
        self._publish(late=True)
        self.figures.counts["colleagues"] += 1
        self._wiki.settle()
        for done in runs if runs and runs[0].code == 0 else ():
            self._told.append(done)
            if self._staff.pulls:
                self._after_pull.add(done.json["run"])
            shown = self._shown(staff, before)
            self._publish(late=True)
            if lost := shown - self._shown(staff, before):
                self._broken(f"what a colleague published was undone: {lost}")
            self.figures.counts["stood"] += len(shown)
        self._staff.merge(folder)

    def _shown(self, staff: Staff, before: dict[str, str]) -> set[str]:
        """What of a colleague's new words the wiki shows."""
        whole = "\n".join(self._people.texts().values())
        return {
            words
            for slot, words in staff.words.items()
            if words != before[slot] and f"Résumé {words}." in whole
        }

    def _rollback(self, a: int, b: int) -> None:
        runs = [done.json["run"] for done in self._told if done.out and done.json["edits"]]
        if runs:
            self._undo(runs[-1 - a % min(2, len(runs))])

    def _killed_rollback(self, a: int, b: int) -> None:
        runs = [done.json["run"] for done in self._told if done.out and done.json["edits"]]
        if runs:
            self._struck(("sync", "--yes", "--rollback", runs[-1]), a, b)
            self._undo(runs[-1])

    def _undo(self, run: str) -> None:
        done = self._desk.sync("--rollback", run)
        self._collect()
        self.figures.counts["rollbacks"] += 1
        if done.code not in (0, 1, 2):
            self._broken(f"a rollback ended with {done.code}: {done.err[-800:]}")
        if done.out and self._staff.pulls:
            self._after_pull.add(done.json["run"])
        if done.out:
            self._told.append(done)

    def _struck(self, words: tuple[str, ...], a: int, b: int) -> int | None:
        """SIGKILL when a request of this command is on its way, or when the wiki has just carried
        it out. Gives the command's return code: None where it had to be killed twice.
        """
        first, acted = len(self._proxy.seen) + 1 + a % 25, b % 2
        process = self._desk.start(*words)

        def killed(exchange: Exchange) -> None:
            if acted:
                exchange.forward()
            process.send_signal(signal.SIGKILL)

        self._proxy.script = lambda request: killed if request.number == first else None
        try:
            process.communicate(timeout=LONG)
        except subprocess.TimeoutExpired:
            process.kill()
            self._broken("a run to be killed does not end")
        self._proxy.heal()
        self._collect()
        self._wiki.settle()
        return process.returncode

    def _only(self, a: int, b: int) -> None:
        present = [slot for slot in SLOTS if self._staff.titles[slot]]
        self._publish("--only", f"projet/{present[a % len(present)]}")

    def _take_back(self, a: int, b: int) -> None:
        plan = self._desk.run("plan", "--format", "json")
        self._collect()
        changed = [id_ for id_, action in plan.actions().items() if action == "human-edit"]
        if changed:
            self.figures.counts["taken back"] += 1
            self._publish("--take-back", changed[a % len(changed)])

    def _killed_pull(self, a: int, b: int) -> None:
        self._struck(("pull",), a, b)
        self._staff.pull(a, b)
