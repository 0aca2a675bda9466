"""Publishing through a proxy at which everything goes wrong that can: the wiki ends up the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import faults
import pytest
from desk import GARDEN, SQUARE, Desk
from patience import LONG
from proxy import Fault, Match, Proxy, Request, edits, hurried, nth, standing
from wikis import Person, Wiki

ORCHARD = "narratives/projet/verger.yaml"
SCHOOL = "narratives/projet/ecole.yaml"
OUTSIDE = "Nous y étions, signé les voisins."
INSIDE = "Trois bancs et un tilleul."
COUNTED = ("created", "updated", "moved", "retired", "human_edits", "failed", "edits")

Contents = dict[str, tuple[str, int]]


def contents(person: Person) -> Contents:
    """Every page that people see: its text, and how many revisions it took."""
    made = person.call(action="query", list="allrevisions", arvlimit="max", arvprop="ids")
    counts = Counter(
        {page["title"]: len(page["revisions"]) for page in made["query"]["allrevisions"]}
    )
    return {title: (text, counts[title]) for title, text in person.texts().items()}


@dataclass(frozen=True)
class Story:
    """A wiki with people's words on it, a corpus with all kinds of changes, and the good end."""

    wiki: Wiki
    desk: Desk
    end: Contents
    counts: dict[str, object]


@pytest.fixture(scope="module")
def kept_story(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("histoire")
    shared_wiki.reset()
    desk = Desk.new(folder / "corpus", shared_wiki)
    desk.write(
        {
            ORCHARD: "type: projet\ntitre: Le verger\nresume: Des pommiers.\n",
            "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\nresume: Deux canes.\n",
        }
    )
    assert desk.sync().code == 0
    person = shared_wiki.person()
    person.edit("Le jardin du coron", f"{person.text('Le jardin du coron')}\n\n{OUTSIDE}")
    changed = (person.text("La mare") or "").replace("Deux", "Trois")
    person.edit("La mare", changed)
    desk.change(GARDEN, "Une friche", "Un terrain vague", commit=False)
    desk.change(SQUARE, "La place du marché", "La place des marchés", commit=False)
    desk.write({SCHOOL: "type: projet\ntitre: L'école\n", ORCHARD: None})
    wiki = shared_wiki.keep(folder / "avant")

    done = desk.sync()

    assert (done.code, done.json["moved"], done.json["retired"]) == (1, 1, 1)
    assert [page["id"] for page in done.json["human_edits"]] == ["projet/mare"]
    assert desk.sync().json["edits"] == 0
    wiki.settle()
    end = contents(wiki.reader())
    assert OUTSIDE in end["Le jardin du coron"][0]
    assert end["La mare"][0] == changed
    return Story(wiki, desk, end, {name: done.json[name] for name in COUNTED})


@pytest.fixture
def story(kept_story: Story) -> Story:
    kept_story.wiki.reset()
    return kept_story


@pytest.fixture
def proxy(story: Story) -> Iterator[Proxy]:
    with standing(story.wiki) as proxy:
        yield proxy


PASSING: dict[str, Fault] = {
    "dropped-before": faults.dropped_before,
    "dropped-after": faults.dropped_after,
    "truncated": faults.truncated,
    "shortened": faults.shortened,
    "500": faults.status(500),
    "502-acted": faults.status(502, acted=True),
    "503": faults.status(503),
    "503-retry-after": faults.status(503, "1"),
    "504-acted-retry-after": faults.status(504, "1", acted=True),
    "429": faults.status(429),
    "429-retry-after": faults.status(429, "1"),
    "html": faults.html(),
    "html-acted": faults.html(acted=True),
    "maxlag": faults.maxlag,
    "readonly": faults.readonly,
    "expired": faults.expired,
    "bad-token": faults.bad_token,
    "delayed": faults.delayed(0.5),
}


# one release will do for each: the proxy answers for both
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, id=name, marks=pytest.mark.release(release))
        for release, (name, fault) in zip(cycle(("1.39", "1.43")), PASSING.items(), strict=False)
    ],
)
def test_a_fault_that_passes_changes_nothing(story: Story, proxy: Proxy, fault: Fault) -> None:
    proxy.on(nth("login", 1), fault)
    proxy.on(nth("query", 4, 6), fault, times=2)
    proxy.on(nth("move", 1), fault)
    proxy.on(nth("edit", 1, 4), fault, times=2)

    with hurried():
        done = proxy.before(story.desk).sync()

    assert len(proxy.faults) == 6
    assert done.code == 1, done.err
    assert {name: done.json[name] for name in COUNTED} == story.counts
    story.wiki.settle()
    assert contents(story.wiki.reader()) == story.end
    proxy.heal()
    assert proxy.before(story.desk).sync().json["edits"] == 0


def finished(story: Story, proxy: Proxy) -> None:
    """Run again, without any fault: the wiki is as if there had been none, each edit once."""
    proxy.heal()
    done = proxy.before(story.desk).sync()
    assert done.code == 1, done.err
    assert done.json["failed"] == []
    story.wiki.settle()
    assert contents(story.wiki.reader()) == story.end
    assert proxy.before(story.desk).sync().json["edits"] == 0


def made(wiki: Wiki, run: str) -> int:
    """How many revisions this run made, without the redirects that moves leave."""
    bot = wiki.person(wiki.credentials)
    answer = bot.call(action="query", list="usercontribs", ucuser=bot.name, uclimit="max")
    return sum(
        run in edit["comment"] and (edit["parentid"] > 0 or " — " not in edit["comment"])
        for edit in answer["query"]["usercontribs"]
    )


def writes(request: Request) -> bool:
    return request.writes


def from_the(number: int) -> Match:
    """Every request from this one on."""
    return lambda request: request.number >= number


LASTING: dict[str, tuple[Match, Fault, float]] = {
    "nothing-answers": (from_the(1), faults.dropped_before, 1),
    "nothing-answers-any-more": (from_the(12), faults.dropped_before, 31),
    "no-longer-after-a-write": (from_the(17), faults.dropped_after, 31),
    "out-of-order": (from_the(12), faults.status(503), 31),
    "no-save-is-taken": (writes, faults.status(500), 7 * 31),
    "closed-for-maintenance": (writes, faults.readonly, 4 * 300),
    "always-behind": (writes, faults.maxlag, 4 * 300),
    "too-many-requests": (writes, faults.status(429), 4 * 300),
    "come-back-tomorrow": (from_the(12), faults.status(503, "86400"), 0),
}
"""Which requests, what befalls them, and the seconds that a run may spend waiting at the most."""


# one release will do: the proxy answers for both
@pytest.mark.release("1.39")
@pytest.mark.parametrize(("match", "fault", "longest"), LASTING.values(), ids=LASTING.keys())
def test_a_fault_that_lasts_ends_the_run_in_time(
    story: Story, proxy: Proxy, match: Match, fault: Fault, longest: float
) -> None:
    proxy.on(match, fault, times=1_000_000)

    with hurried() as meant:
        done = proxy.before(story.desk).sync()

    assert done.code == 3, done.out
    assert "Erreur : Le wiki 127.0.0.1" in done.err
    assert "Traceback" not in done.err
    assert max(meant.values(), default=0) <= longest
    story.wiki.settle()
    if done.out:
        assert done.json["edits"] <= made(story.wiki, done.json["run"])
    finished(story, proxy)


@pytest.mark.release("1.39")
def test_the_wiki_is_given_the_time_that_it_asks_for(story: Story, proxy: Proxy) -> None:
    proxy.on(nth("edit", 1), faults.status(503, "2"))
    proxy.on(nth("query", 5), faults.status(429, "3"))

    assert proxy.before(story.desk).sync().code == 1

    for request, seconds in zip((request for request, _ in proxy.faults), (3, 2), strict=True):
        title = request.title
        same = (later for later in proxy.seen if later.at > request.at and later.title == title)
        following = next(later for later in same if later.action == request.action or title)
        assert following.at - request.at >= seconds
    finished(story, proxy)


KILLS = [(1, True), (6, False), (13, True), (15, True), (16, False), (19, True)]


@pytest.mark.parametrize(
    ("number", "acted"),
    [
        pytest.param(number, acted, marks=pytest.mark.release(release))
        for release, (number, acted) in zip(cycle(("1.43", "1.39")), KILLS, strict=False)
    ],
)
def test_a_killed_run_is_finished_by_the_next(
    story: Story, proxy: Proxy, number: int, acted: bool
) -> None:
    run = proxy.before(story.desk).start("sync", "--yes")
    proxy.on(the(number), faults.fatal(lambda: run.send_signal(signal.SIGKILL), acted))

    run.communicate(timeout=LONG)

    assert run.returncode == -signal.SIGKILL
    story.wiki.settle()
    finished(story, proxy)


def the(number: int) -> Match:
    """This request alone."""
    return lambda request: request.number == number


@pytest.mark.parametrize("number", [14, 19])
def test_a_killed_hook_loses_no_push_and_the_next_one_catches_up(
    story: Story, proxy: Proxy, tmp_path: Path, number: int
) -> None:
    desk, bare = (
        proxy.before(story.desk.clone(f"pousse-{number}-{story.wiki.release}")),
        tmp_path / "depot.git",
    )
    desk.git("clone", "--quiet", "--bare", str(desk.folder), str(bare))
    subprocess.run(
        [sys.executable, "-m", "loosbot", "hook", "install", bare], check=True, capture_output=True
    )
    desk.write({"pages/neuf.md": "---\ntitre: Une page neuve\n---\n\nBonjour.\n"})
    proxy.on(the(number), faults.fatal(lambda: end_hook(bare), acted=True))

    first = push(desk, bare)

    assert first.returncode == 0, first.stderr
    assert [request.number for request, _ in proxy.faults] == [number]
    assert desk.git("rev-parse", "HEAD") == desk.git("ls-remote", str(bare), "main").split()[0]
    story.wiki.settle()
    proxy.heal()
    desk.change("pages/neuf.md", "Bonjour", "Bonsoir")
    second = push(desk, bare)
    assert second.returncode == 0, second.stderr
    story.wiki.settle()
    pages = contents(story.wiki.reader())
    assert "Bonsoir." in pages.pop("Une page neuve")[0]
    assert {title: text for title, (text, _) in pages.items() if title in story.end} == {
        title: text for title, (text, _) in story.end.items()
    }
    desk.git("pull", "--quiet", str(bare), "main")
    assert proxy.before(desk).sync().json["edits"] == 0


def push(desk: Desk, bare: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "push", "--quiet", str(bare), "main"],
        cwd=desk.folder,
        env=os.environ | desk.env,
        capture_output=True,
        text=True,
        check=False,
    )


def end_hook(bare: Path) -> None:
    """SIGKILL to the post-receive hook of this repository, and to nothing else."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            here = (process / "cwd").resolve() == bare
        except OSError:
            continue
        if here and b"post-receive" in words:
            os.kill(int(process.name), signal.SIGKILL)


def test_people_who_move_and_delete_at_that_very_moment(story: Story, proxy: Proxy) -> None:
    admin = story.wiki.person(story.wiki.admin)
    garden, away = "Le jardin du coron", "Le jardin partagé"
    before = admin.text(garden) or ""
    proxy.on(
        edits(garden),
        faults.meanwhile(lambda: admin.act(action="move", to=away, **{"from": garden})),
    )
    proxy.on(
        edits("Le verger"),
        faults.meanwhile(lambda: admin.act(action="delete", title="Le verger")),
    )

    done = proxy.before(story.desk).sync()

    assert done.code == 1
    assert admin.text("Le verger") is None
    assert OUTSIDE in (admin.text(away) or before)
    again = proxy.before(story.desk).sync()
    assert "Un terrain vague" in (admin.text(away) or "")
    assert OUTSIDE in (admin.text(away) or "")
    assert (admin.text(garden) or "").startswith("#REDIRECT")
    assert admin.text("Le verger") is None
    assert proxy.before(story.desk).sync().json["edits"] == 0, again.out
