"""Publishing through a proxy at which everything goes wrong that can: the wiki ends up the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import proxy as faults
import pytest
from desk import GARDEN, SQUARE, Desk
from proxy import Fault, Proxy, standing
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
    found = {}
    for namespace in (0, 10, 14):
        pages = person.call(
            action="query",
            generator="allpages",
            gapnamespace=namespace,
            gaplimit="max",
            prop="revisions",
            rvprop="content",
            rvslots="main",
        )
        for page in pages.get("query", {}).get("pages", ()):
            text = page["revisions"][0]["slots"]["main"]["content"]
            found[page["title"]] = (text, counts[page["title"]])
    return found


@dataclass(frozen=True)
class Story:
    """A wiki with people's words on it, a corpus with all kinds of changes, and the good end."""

    wiki: Wiki
    desk: Desk
    end: Contents
    said: dict[str, object]


@pytest.fixture(scope="module")
def told(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Story:
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
    assert [one["id"] for one in done.json["human_edits"]] == ["projet/mare"]
    assert desk.sync().json["edits"] == 0
    wiki.settle()
    end = contents(wiki.reader())
    assert OUTSIDE in end["Le jardin du coron"][0]
    assert end["La mare"][0] == changed
    return Story(wiki, desk, end, {name: done.json[name] for name in COUNTED})


@pytest.fixture
def story(told: Story) -> Story:
    told.wiki.reset()
    return told


@pytest.fixture
def proxy(story: Story) -> Iterator[Proxy]:
    with standing(story.wiki) as found:
        yield found


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


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_passes_changes_nothing(story: Story, proxy: Proxy, fault: Fault) -> None:
    proxy.on(faults.nth("login", 1), fault)
    proxy.on(faults.nth("query", 4, 6), fault, times=2)
    proxy.on(faults.nth("move", 1), fault)
    proxy.on(faults.nth("edit", 1, 4), fault, times=2)

    done = proxy.before(story.desk).sync()

    assert len(proxy.faults) == 6
    assert done.code == 1, done.err
    assert {name: done.json[name] for name in COUNTED} == story.said
    story.wiki.settle()
    assert contents(story.wiki.reader()) == story.end
    proxy.heal()
    assert proxy.before(story.desk).sync().json["edits"] == 0
