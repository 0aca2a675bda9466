"""The machine that carries a sequence out on a real wiki, and looks whether every promise held."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import faults
from desk import Answer, Desk
from patience import LONG
from proxy import Fault, Proxy, Request, hurried
from wikis import Wiki

from torture import history
from torture.history import block
from torture.otherruns import Figures, OtherRuns
from torture.people import People
from torture.sequences import CORPUS, MORE, RUNS, Step
from torture.staff import FIRST, SLOTS, Staff

FAULTS: tuple[Fault, ...] = (
    faults.dropped_before,
    faults.dropped_after,
    faults.truncated,
    faults.shortened,
    faults.status(500),
    faults.status(502, acted=True),
    faults.status(503),
    faults.status(503, "1"),
    faults.status(504, "2", acted=True),
    faults.status(429),
    faults.status(429, "1"),
    faults.html(),
    faults.html(acted=True),
    faults.maxlag,
    faults.readonly,
    faults.expired,
    faults.bad_token,
    faults.delayed(0.1),
)
ROUNDS = 6


@dataclass(frozen=True)
class Stage:
    """A wiki on which the first corpus is published, ready to be put back; its git repository."""

    wiki: Wiki
    desk: Desk
    people: People

    @classmethod
    def build(cls, wiki: Wiki, folder: Path) -> Stage:
        wiki.reset()
        folder.mkdir(exist_ok=True)
        desk = Desk.new(folder / "corpus", wiki, FIRST)
        done = desk.sync()
        assert done.code == 0, done.err
        people = People.arrive(wiki)
        # four acts in five are on a record's page: without one the sequences would prove little
        assert people.records(people.texts()), "no page of a record is found"
        return cls(wiki.keep(folder / "publie"), desk, people)


class Machine(OtherRuns):
    """One sequence. ``run`` gives its figures and every promise that was broken."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._wiki = stage.wiki
        stage.wiki.reset()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(stage.desk.folder, folder / "corpus")
        self._proxy = Proxy(stage.wiki)
        self._desk = self._proxy.before(Desk(folder / "corpus", stage.wiki, folder / "cache"))
        self._folder = folder
        self._people = stage.people
        self._people.forget()
        self._staff = Staff(self._desk)
        self._after_pull: set[str] = set()
        self._sent: dict[str, set[int]] = defaultdict(set)
        self._told: list[Answer] = []
        self.figures = Figures()

    def run(self, steps: list[Step]) -> Figures:
        try:
            with hurried():
                for step in steps:
                    self._do(*step)
                self._heal()
        except AssertionError as error:
            self._broken(str(error) or "an assertion failed")
        finally:
            self._proxy.close()
        self._stage.wiki.settle()
        self._judge()
        self.figures.violations += self._staff.violations
        self.figures.counts.update(
            pulls=self._staff.pulls,
            sequences=1,
            steps=len(steps),
            human_edits=self._people.acts,
            faults=len(self._proxy.faults),
        )
        return self.figures

    def _do(self, verb: str, a: int | str, b: int) -> None:
        if verb in RUNS or verb in MORE:
            getattr(self, f"_{verb}")(a, b)
        elif verb in CORPUS:
            getattr(self._staff, verb)(a, b)
        else:
            self._people.act(verb, a, b)

    # publications

    def _sync(self, a: int, b: int) -> None:
        self._publish()

    def _faulty(self, a: int, b: int) -> None:
        """Each request may go wrong, by its own dice: the order of arrival changes nothing."""
        share, left = (5, 10, 25)[b % 3], [8]
        seen: Counter[tuple[str, str]] = Counter()

        def script(request: Request) -> Fault | None:
            key = (request.action, request.title)
            seen[key] += 1
            dice = random.Random(f"{a} {key} {seen[key]}")  # noqa: S311 - no secret
            if left[0] <= 0 or dice.randrange(100) >= share:
                return None
            left[0] -= 1
            return dice.choice(FAULTS)

        self._proxy.script = script
        self._publish(faulty=True)

    def _race(self, a: int, b: int) -> None:
        """A person acts on the very page that is being written, before or just after."""
        dice = random.Random(f"{a} {b}")  # noqa: S311 - no secret
        chosen = {dice.randrange(1, 6) for _ in range(dice.randint(1, 2))}
        writes = [0]

        def script(request: Request) -> Fault | None:
            # the lease is the robot's own page: a run that does not get it is refused, rightly
            if not request.writes or request.title.endswith("/Verrou"):
                return None
            writes[0] += 1
            if writes[0] not in chosen:
                return None
            verb = dice.choice(("outside", "inside", "delete", "move", "blank", "copy", "revert"))
            when = dice.choice((faults.meanwhile, faults.afterwards, faults.unheard))
            number = dice.randrange(1000)
            return when(lambda: self._people.act_on(verb, request.title, number))

        self._proxy.script = script
        self._publish(faulty=True)

    def _outage(self, a: int, b: int) -> None:
        """From one request on, nothing answers."""
        first = len(self._proxy.seen) + 1 + a % 25
        self._proxy.script = lambda request: (
            faults.dropped_before if request.number >= first else None
        )
        self._publish(faulty=True)

    def _kill(self, a: int, b: int) -> None:
        """SIGKILL when one request is on its way, or when the wiki has just carried it out."""
        ended = self._struck(("sync", "--yes", "--yes-retire"), a, b)
        self.figures.counts["kills"] += ended == -signal.SIGKILL

    def _twins(self, a: int, b: int) -> None:
        """Two publishers of the same commit at once, each with a cache of its own."""
        twin = replace(self._desk, folder=self._folder / "jumeau", cache=self._folder / "autre")
        shutil.rmtree(twin.folder, ignore_errors=True)
        shutil.copytree(self._desk.folder, twin.folder)
        words = ("sync", "--yes", "--yes-retire", "--format", "json")
        runs = [self._desk.start(*words)]
        time.sleep(b % 5 / 10)
        runs.append(twin.start(*words))
        for run in runs:
            try:
                out, err = run.communicate(timeout=LONG)
            except subprocess.TimeoutExpired:
                run.kill()
                self._broken("one of two runs at once does not end")
                continue
            if run.returncode not in (0, 1):
                self._broken(f"one of two runs at once ended with {run.returncode}: {err[-800:]}")
            elif out:
                self._told.append(Answer(run.returncode, out, err))
                if self._staff.pulls:
                    self._after_pull.add(json.loads(out)["run"])
        self._collect()
        self.figures.counts["twins"] += 1
        self._stage.wiki.settle()

    def _publish(self, *words: str, faulty: bool = False, late: bool = False) -> Answer:
        """``loosbot sync --yes``, and what the command contract says of its answer."""
        started = time.monotonic()
        done = self._desk.sync("--yes-retire", *words)
        self._proxy.heal()
        self._collect()
        self.figures.counts["syncs"] += 1
        took = time.monotonic() - started
        if took > LONG:
            self._broken(f"a sync took {took:.0f} s")
        if late and "que ce dépôt ne connaît pas" in done.err:
            self.figures.counts["late"] += 1
            if done.out:
                self._told.append(done)
            return done
        allowed = (0, 1, 3) if faulty else (0, 1)
        if done.code not in allowed:
            self._broken(f"sync {' '.join(words)} ended with {done.code}: {done.err[-800:]}")
        if done.out:
            try:
                result = done.json
            except json.JSONDecodeError:
                self._broken(f"not JSON: {done.out[:200]}")
                return done
            waiting = bool(result["human_edits"] or result["failed"])
            if done.code in (0, 1) and waiting != bool(done.code):
                self._broken(f"exit {done.code} with {result}")
            self._told.append(done)
            if self._staff.pulls:
                self._after_pull.add(result["run"])
        elif done.code != 3:
            self._broken(f"exit {done.code} without JSON: {done.err[-800:]}")
        return done

    def _collect(self) -> None:
        """Which base each summary was sent on: what tells an edit of ours from a merged one."""
        for request in self._proxy.seen:
            if request.action == "edit":
                self._sent[request.params["summary"]].add(int(request.params.get("baserevid", 0)))

    # after

    def _heal(self) -> None:
        """No fault any more; a person settles what the bot left to people, as it advises."""
        words: list[str] = []
        for number in range(ROUNDS):
            done = self._publish(*words)
            if done.code == 0:
                break
            if not done.out:
                return
            words = self._people.settle(done, self._wanted(), self._last_sent(), number)
        else:
            self._broken(f"does not heal: {done.out} {done.err}")
        again = self._publish()
        if not again.out:
            return
        if again.json["edits"] or again.code != done.code:
            self._broken(f"a second sync writes: {again.out}")
        if done.code == 0:
            self._complete()

    def _wanted(self) -> dict[str, str]:
        """The title that git gives to each record."""
        return {f"projet/{slot}": title for slot, title in self._staff.titles.items() if title}

    def _last_sent(self) -> dict[str, str]:
        """The last text that was sent for each id."""
        return {
            summary["id"]: request.params["text"]
            for request in self._proxy.seen
            if request.action == "edit"
            and (summary := history.SUMMARY.search(request.params["summary"]))
        }

    def _complete(self) -> None:
        """Every record of git is on the wiki with its words, and no other is."""
        texts = self._people.texts()
        for slot in SLOTS:
            record = f"projet/{slot}"
            blocks = {
                title: marked for title, text in texts.items() if (marked := block(text, record))
            }
            words = f"Résumé {self._staff.words[slot]}."
            if self._staff.titles[slot] is None:
                for title, marked in blocks.items():
                    if "Résumé" in marked and self._people.made_for(title) == record:
                        self._broken(f"{record} left git and still stands in « {title} »")
            elif self._staff.words[slot] and not any(words in marked for marked in blocks.values()):
                self._broken(f"{record} is not on the wiki: {words}")

    def _judge(self) -> None:
        played = history.read(self._people.admin, self._sent)
        played = replace(played, carried=self._staff.carried, pulled=self._after_pull)
        self.figures.violations += history.violations(played)
        made: Counter[str] = Counter()
        gone: Counter[str] = Counter()
        for revision in played.revisions:
            talk = revision.moves and revision.title.startswith("Discussion")
            mine = revision.user == history.BOT and revision.run and not talk
            if mine and not revision.text.startswith("#REDIRECT"):
                made[revision.run] += 1
                gone[revision.run] += revision.gone
        self.figures.counts["edits"] += sum(made.values())
        for done in self._told:
            run, edits = done.json["run"], done.json["edits"]
            # what became of a page that is deleted at once, no answer coming, nobody can tell
            least = made[run] - gone[run] if done.code in (0, 1) else 0
            if not least <= edits <= made[run]:
                self._broken(f"run {run} says {edits}, made {made[run]}")

    def _broken(self, words: str) -> None:
        self.figures.violations.append(words)
