"""What the town's staff do in git: change records, and pull what people wrote on the wiki."""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from pathlib import Path

import yaml
from desk import Desk

from torture import history
from torture.people import NAMES

TITLES = tuple(f"Le projet {name}" for name in NAMES)
SLOTS = ("a", "b", "c", "d")
_TITLE = re.compile(r"^titre:.*(?:\n[ \t]+.*)*", re.MULTILINE)
_RESUME = re.compile(r"^resume:.*(?:\n[ \t]+.*)*", re.MULTILINE)
_WORDS = re.compile(r"Résumé ([a-d](?: \d+)?)\.")


def record(title: str, words: str) -> str:
    """A record's whole file."""
    return f"type: projet\ntitre: {title}\nresume: Résumé {words}.\nannee: 2018\nstatut: abouti\n"


_PUBLISHED = dict(zip(SLOTS[:3], TITLES, strict=False))
FIRST = {"loosbot.yaml": "corpus: essai\n"} | {
    f"narratives/projet/{slot}.yaml": record(title, slot) for slot, title in _PUBLISHED.items()
}
"""The corpus that is on the wiki before any sequence begins; the fourth record is not yet."""


class Staff:
    """The records as git has them: their titles (None for one that is not there), their words.

    ``carried`` is what came from the wiki by ``pulls`` pulls.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._texts: dict[str, str] = {}
        self.titles: dict[str, str | None] = dict.fromkeys(SLOTS) | dict(_PUBLISHED)
        self.words = {slot: slot for slot in SLOTS}
        self.carried: set[str] = set()
        self.pulls = 0
        self.violations: list[str] = []

    def edit(self, a: int, b: int) -> None:
        if slot := self._pick(a):
            self.words[slot] = f"{slot} {b}"
            self._write(slot)

    def add(self, a: int, b: int) -> None:
        absent = [slot for slot in SLOTS if self.titles[slot] is None]
        if absent and (free := self._free()):
            slot = absent[a % len(absent)]
            self.titles[slot] = free[b % len(free)]
            self._write(slot)

    restore = add

    def rename(self, a: int, b: int) -> None:
        if (slot := self._pick(a)) and (free := self._free()):
            self.titles[slot] = free[b % len(free)]
            self._write(slot)

    def swap(self, a: int, b: int) -> None:
        first, other = self._pick(a), self._pick(b)
        if first and other and first != other:
            titles = self.titles
            titles[first], titles[other] = titles[other], titles[first]
            self._write(first, other)

    def remove(self, a: int, b: int) -> None:
        slot = self._pick(a)
        if slot and sum(title is not None for title in self.titles.values()) > 1:
            self.titles[slot] = None
            self._write(slot)

    def pull(self, a: int, b: int) -> None:
        """``loosbot pull``, then a commit: no pull breaks a corpus, and a second brings nothing."""
        for brings in (True, False):
            done = self._desk.run("pull", "--format", "json")
            if done.code not in (0, 1) or not done.out.startswith("{"):
                self.violations.append(
                    f"pull ended with {done.code}: {done.out[:300]} {done.err[-800:]}"
                )
            changed = self._desk.git("status", "--porcelain")
            if changed and not brings:
                self.violations.append(f"a second pull changes {changed}")
            self._commit()
        checked = self._desk.run("check")
        if checked.code:
            self.violations.append(f"pull broke the corpus: {checked.out} {checked.err}")
        self.pulls += 1
        self.read()

    def merge(self, other: Path) -> None:
        """Take what a colleague committed; where both changed a line, ours stands."""
        with suppress(subprocess.CalledProcessError):
            self._desk.git("pull", "--quiet", "--no-rebase", "--no-edit", "-X", "ours", str(other))
        # what one changed and the other removed is there again
        self._commit()
        self.read()
        for slot, title in self.titles.items():
            if title and list(self.titles.values()).count(title) > 1:
                # both gave it, to two records
                self.titles[slot] = self._free()[0]
                self._write(slot)

    def read(self) -> None:
        """What the files say now."""
        for slot in SLOTS:
            if not self._file(slot).exists():
                self.titles[slot] = None
            else:
                text = self._file(slot).read_text(encoding="utf-8")
                self._texts[slot] = text
                self.carried |= set(history.TOKEN.findall(text))
                self.titles[slot] = yaml.safe_load(text)["titre"]
                match = _WORDS.search(text)
                self.words[slot] = match[1] if match else ""

    def _free(self) -> list[str]:
        return [title for title in TITLES if title not in self.titles.values()]

    def _pick(self, number: int) -> str | None:
        present = [slot for slot in SLOTS if self.titles[slot] is not None]
        return present[number % len(present)] if present else None

    def _file(self, slot: str) -> Path:
        return self._desk.folder / "narratives" / "projet" / f"{slot}.yaml"

    def _write(self, *slots: str) -> None:
        """Title and words as they are now; what a pull brought elsewhere in the file stays."""
        for slot in slots:
            title, file = self.titles[slot], self._file(slot)
            if title is None:
                file.unlink()
                continue
            text = self._texts.get(slot) or record(title, slot)
            text = _TITLE.sub(f"titre: {title}", text)
            if self.words[slot]:
                text = _RESUME.sub(f"resume: Résumé {self.words[slot]}.", text)
            self._texts[slot] = text
            file.write_text(text, encoding="utf-8")
        self._commit()

    def _commit(self) -> None:
        self._desk.git("add", "--all")
        self._desk.git("commit", "--quiet", "--allow-empty", "--message", "Changement")
