"""The house itself: which room stands on which, one tree of errors, no file too long to read."""

from __future__ import annotations

import ast
import builtins
import graphlib
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

import pytest

import loosbot
from loosbot.errors import LoosbotError

_ROOT = Path(loosbot.__file__).parent
_FLOORS = (
    ("canonical", "errors", "frozen", "gcpause", "htmlhead", "lazy", "resources", "streams"),
    ("parsing", "escaping", "extras"),
    ("files",),
    ("corpus",),
    ("corpus.yaml",),
    ("corpus.privacy",),
    ("corpus.check",),
    ("wikitext", "history", "erasure", "wiki"),
    ("fields", "diff"),
    ("trace",),
    ("trace.observed",),
    ("trace.layout",),
    ("trace.handover",),
    ("trace.reports",),
    ("due",),
    ("render",),
    ("html", "decode"),
    ("site", "booklet", "sync", "start"),
    ("dump", "pull", "push"),
    ("exchange", "backup"),
    ("doctor", "atelier.forms"),
    ("atelier.desk",),
    ("atelier.town",),
    ("atelier.pages",),
    ("atelier",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""From the ground up: a room uses those of the floors below its own, and no other."""
_FLOOR = {room: floor for floor, rooms in enumerate(_FLOORS) for room in rooms}
_LONGEST = 400
_RAISED = re.compile(r"[Rr]aises? ([^.:;(]*)")
_CLASS = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b")
_OF_LIBRARIES = frozenset(
    {"ArrowException", "CalledProcessError", "DatabaseError", "ParseError", "RequestException"}
)


def _room(module: str) -> str:
    """``corpus.yaml`` for ``loosbot.corpus.yaml.reader``, ``sync`` for ``loosbot.sync.plan``."""
    names = module.split(".")[1:3]
    inner = ".".join(names)
    return inner if inner in _FLOOR else names[0]


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(_ROOT.rglob("*.py")):
        parts = path.relative_to(_ROOT).with_suffix("").parts
        if parts != ("__init__",):
            yield _room(".".join(("loosbot", *parts))), path


@cache
def _imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def _imported(path: Path) -> Iterator[str]:
    for node in _imports(path):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = (
                [f"{module}.{alias.name}" for alias in node.names] if module == "loosbot" else ()
            )
            yield from names or [module]
        else:
            yield from (alias.name for alias in node.names)


def test_every_room_stands_on_a_floor() -> None:
    assert {room for room, _ in _modules()} == set(_FLOOR)


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_every_folder_of_the_house_is_told(page: str) -> None:
    text = (_ROOT.parent / page).read_text("utf-8")
    rooms = {path.parent.name for path in _ROOT.glob("*/__init__.py")}
    assert rooms - {room for room in rooms if f"{room}/" in text} == set()


def test_no_room_climbs() -> None:
    climbs = [
        f"{path.relative_to(_ROOT)} ({room}) imports {module}"
        for room, path in _modules()
        for module in _imported(path)
        if module.startswith("loosbot.")
        if (used := _room(module)) in _FLOOR
        if used != room and _FLOOR[used] >= _FLOOR[room]
    ]
    assert climbs == []


def test_no_two_files_need_each_other() -> None:
    names = {
        ".".join(("loosbot", *path.relative_to(_ROOT).with_suffix("").parts)): path
        for _, path in _modules()
    }
    needs = {
        name: {used for used in _named_files(path) if used in names} for name, path in names.items()
    }
    order = graphlib.TopologicalSorter(needs)
    try:
        order.prepare()
    except graphlib.CycleError as fault:
        pytest.fail(" needs ".join(fault.args[1]))


def _named_files(path: Path) -> Iterator[str]:
    for node in _imports(path):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_git_runs_in_one_room() -> None:
    running = {
        room
        for room, path in _modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.List) and node.elts
        if isinstance(first := node.elts[0], ast.Constant) and first.value == "git"
    }
    assert running == {"history"}


def test_http_is_spoken_in_one_room() -> None:
    """And by a town's atelier, which asks the wiki who somebody is with that person's cookies."""
    libraries = {"http.client", "mwclient", "requests", "urllib.request", "urllib3"}
    speaking = {room for room, path in _modules() if libraries.intersection(_imported(path))}
    assert speaking == {"wiki", "atelier.town"}


def test_a_file_is_called_after_what_is_in_it() -> None:
    """Tabs of an editor that all say ``model.py`` tell nobody which is which."""
    named = Counter(path.name for _, path in _modules() if path.name != "__init__.py")
    assert named["model.py"] <= 1


def test_a_wheel_holds_what_is_no_python() -> None:
    """A stylesheet that only a checkout has would be missed by who installs."""
    settings = ConfigParser()
    settings.read(_ROOT.parent / "setup.cfg", "utf-8")
    held = {
        file
        for package, patterns in settings["options.package_data"].items()
        for pattern in patterns.split(",")
        for file in (_ROOT.parent / package.replace(".", "/")).glob(
            pattern.strip().replace("**", "**/*")
        )
    }
    languages = (".css", ".html", ".js", ".md", ".php", ".svg", ".txt")
    assert {file for file in _ROOT.rglob("*") if file.suffix in languages} <= held


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(_ROOT)): lines
        for _, path in _modules()
        if (lines := path.read_text("utf-8").count("\n")) > _LONGEST
    }
    assert long == {}


def test_a_finding_can_be_run_says_what_was_guessed_and_leaves_nothing_behind() -> None:
    findings = sorted((_ROOT.parent / "findings").iterdir())
    texts = {finding.name: finding.read_text("utf-8") for finding in findings}
    odd = [finding.name for finding in findings if not finding.stat().st_mode & 0o100]
    odd += [
        name
        for name, text in texts.items()
        if not re.search(r"(?:==|@)[0-9]", text)
        or any(words not in text.lower() for words in ("mktemp -d", "# guess:", "seen with "))
    ]
    assert findings and odd == []


def test_what_a_docstring_says_is_raised_exists() -> None:
    """A class that gets another name keeps the old one in docstrings, where no tool looks."""
    nodes = [
        (path, node) for _, path in _modules() for node in ast.walk(ast.parse(path.read_text()))
    ]
    classes = {node.name for _, node in nodes if isinstance(node, ast.ClassDef)}
    unknown = [
        f"{path.relative_to(_ROOT)}: {name}"
        for path, node in nodes
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
        for raised in _RAISED.findall(ast.get_docstring(node) or "")
        for name in _CLASS.findall(raised)
        if name not in classes | _OF_LIBRARIES | {*dir(builtins)}
    ]
    assert unknown == []


@pytest.mark.slow
def test_what_is_raised_stands_in_one_tree() -> None:
    pytest.importorskip("flask")
    raised = {
        error
        for module in pkgutil.walk_packages(loosbot.__path__, "loosbot.")
        if not module.name.endswith("__main__")
        for error in vars(importlib.import_module(module.name)).values()
        if inspect.isclass(error) and issubclass(error, Exception)
        if error.__module__.startswith("loosbot.")
    }
    assert len(raised) > 10
    assert [error for error in raised if not issubclass(error, LoosbotError)] == []
