"""``make torture``: many random sequences on both releases of MediaWiki, within a time.

From the environment: ``TORTURE_SEEDS`` (how many, 500), ``TORTURE_FIRST`` (the first seed, 0),
``TORTURE_MINUTES`` (after which no sequence is begun, 60).
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty
from typing import NamedTuple

import click
from wikis import running

from torture.machine import Figures, Machine, Stage
from torture.sequences import RELEASES, Step, release_of, sequence, shrunk


class Done(NamedTuple):
    """One sequence that was carried out; ``steps`` only where it failed, as few as can be."""

    seed: int
    seconds: float
    figures: Figures
    steps: list[Step]


def main() -> int:
    first = int(os.environ.get("TORTURE_FIRST", "0"))
    seeds = range(first, first + int(os.environ.get("TORTURE_SEEDS", "500")))
    deadline = time.monotonic() + 60 * float(os.environ.get("TORTURE_MINUTES", "60"))
    context = multiprocessing.get_context("spawn")
    queue: Queue[Done] = context.Queue()
    with tempfile.TemporaryDirectory() as name:
        _be_nobody(Path(name))
        shares = [[seed for seed in seeds if release_of(seed) == release] for release in RELEASES]
        workers = [
            context.Process(target=_work, args=(release, share, deadline, Path(name), queue))
            for release, share in zip(RELEASES, shares, strict=True)
        ]
        for worker in workers:
            worker.start()
        total, failed = _tell(queue, workers)
        for worker in workers:
            worker.join()
    click.echo(f"Seeds {seeds[0]} to {seeds[-1]}, {total['sequences']} of {len(seeds)} carried out")
    click.echo(", ".join(f"{name}: {total[name]}" for name in sorted(total)))
    click.echo(f"Failures: {len(failed)} {failed or ''}")
    crashed = any(worker.exitcode for worker in workers)
    return 1 if failed or crashed or not total["sequences"] else 0


def _tell(queue: Queue[Done], workers: list[SpawnProcess]) -> tuple[Counter[str], list[int]]:
    """Print what comes until nobody is at work; returns the figures and the seeds that failed."""
    total: Counter[str] = Counter()
    failed = []
    while True:
        over = not any(worker.is_alive() for worker in workers)
        try:
            done = queue.get(timeout=0.5)
        except Empty:
            if over:
                return total, sorted(failed)
            continue
        total.update(done.figures.counts)
        counts = ", ".join(f"{name} {count}" for name, count in done.figures.counts.items())
        click.echo(f"seed {done.seed} ({release_of(done.seed)}), {done.seconds:.1f} s: {counts}")
        if done.figures.violations:
            failed.append(done.seed)
            for violation in done.figures.violations:
                click.echo(f"    {violation[:1500]}")
            click.echo(f"    {done.steps}")


def _work(
    release: str, seeds: list[int], deadline: float, folder: Path, queue: Queue[Done]
) -> None:
    with running(folder / f"wiki-{release}", release) as wiki:
        stage = Stage.build(wiki, folder / f"stage-{release}")
        for seed in seeds:
            above = multiprocessing.parent_process()
            if time.monotonic() > deadline or above is None or not above.is_alive():
                break
            queue.put(_one(stage, seed, folder / f"run-{release}"))


def _one(stage: Stage, seed: int, folder: Path) -> Done:
    started, steps = time.monotonic(), sequence(seed)
    figures = Machine(stage, folder).run(steps)
    seconds = time.monotonic() - started
    if figures.violations:
        steps = shrunk(steps, lambda fewer: bool(Machine(stage, folder).run(fewer).violations))
    return Done(seed, seconds, figures, steps)


def _be_nobody(home: Path) -> None:
    """No setting, password or git identity of who runs this is seen."""
    for name in list(os.environ):
        if name.startswith(("LOOSBOT_", "GIT_", "XDG_")):
            del os.environ[name]
    os.environ |= {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{role}_NAME"] = "Camille Martin"
        os.environ[f"GIT_{role}_EMAIL"] = "camille@example.org"


if __name__ == "__main__":
    sys.exit(main())
