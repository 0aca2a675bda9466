"""Fixtures for every suite. Nothing starts before a test asks for it."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import together
from hypothesis import settings
from wikis import Wiki, in_memory, place, running

from loosbot.gcpause import MANY

# the same examples each time, so that a change is judged by what it changes; others on demand.
# A busy machine is slow, which is no fault: no deadline.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_FOLDERS = pytest.StashKey[Path]()
_GIT = """\
[maintenance]
\tauto = false
[core]
\tfsync = none
[init]
\ttemplateDir = {template}
"""
"""Repositories of a test are too small to be tidied, which git asks itself at each commit, too
short-lived to be waited for until a disk has them, and need no copy of git's sample hooks."""
OLDER, NEWER = "1.39", "1.43"
"""The releases of MediaWiki; the wiki that is closed to readers is of the older one."""


@pytest.fixture(autouse=True, scope="session")
def _nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the settings, the passwords or the git identity of who runs it."""
    home = tmp_path_factory.mktemp("home")
    template = home / "template"
    (template / "hooks").mkdir(parents=True)
    (home / ".gitconfig").write_text(_GIT.format(template=template), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("LOOSBOT_", "GIT_")) and name != "LOOSBOT_RECORD":
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Camille Martin")
            patch.setenv(f"GIT_{role}_EMAIL", "camille@example.org")
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test sees a day end, in UTC or here: consents, and what is kept, hold for a day."""
    for now in (time.gmtime(), time.localtime()):
        left = 86_400 - 3600 * now.tm_hour - 60 * now.tm_min - now.tm_sec
        if left <= (900 if item.path.stem == "test_counts" else 120):
            time.sleep(left + 1)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """A test runs on the newer release, and on the older one where it is marked ``older``, with
    what wikis may do otherwise there: what we do ourselves is the same. With ``LOOSBOT_OLDER``
    (``make older``) each runs on both. In a worker, put units in order (``together``).
    """
    elsewhere = []
    for item in items.copy():
        # not among the parameters of the test: pytest would make the wiki anew for each of them
        if (release := _release(item)) is not None and release not in _wanted(item):
            items.remove(item)
            elsewhere.append(item)
    config.hook.pytest_deselected(items=elsewhere)
    yield
    if config.getoption("loadgroup", False):
        items.sort(key=lambda item: together.order(item.nodeid))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Thousands of tests that are collected are no garbage: look for it seldom, then not there.

    The folders of the tests are in memory, if programs may run there: each file that a command
    keeps is waited for until a disk has it.
    """
    gc.set_threshold(MANY)
    if hasattr(config, "workerinput") or config.option.basetemp is not None:
        return
    if (folder := in_memory()) is None:
        return
    if os.statvfs(folder).f_flag & os.ST_NOEXEC:
        folder.rmdir()
    else:
        config.option.basetemp = str(folder)
        config.stash[_FOLDERS] = folder


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """What failed may be looked at until the next run."""
    if exitstatus == pytest.ExitCode.OK and (folder := session.config.stash.get(_FOLDERS, None)):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With ``--dist loadgroup``, tests that share something dear stay on one worker."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # the order is that of the collection
    return together.ByUnit(config, log)


def _release(item: pytest.Item) -> str | None:
    """The MediaWiki that a test of both runs on; None for a test of none, or of one only."""
    call = getattr(item, "callspec", None)
    return call.params.get("shared_wiki") if call else None


def _wanted(item: pytest.Item) -> tuple[str, ...]:
    only = item.get_closest_marker("release")
    if only is not None:
        return only.args
    older = item.get_closest_marker("older")
    differs = older is not None and older.args != (False,)
    return (OLDER, NEWER) if differs or "LOOSBOT_OLDER" in os.environ else (NEWER,)


class Wikis:
    """The wikis of a worker, each started when it is asked for first."""

    def __init__(self, folder: Callable[[str], Path], stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._running: dict[tuple[str, bool], Wiki] = {}

    def of(self, release: str, closed: bool = False) -> Wiki:
        """As earlier tests left it."""
        if (release, closed) not in self._running:
            self._running[release, closed] = self._stack.enter_context(
                running(place(self._folder("wiki")), release, closed)
            )
        return self._running[release, closed]


@pytest.fixture(scope="session")
def _wikis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wikis]:
    with ExitStack() as stack:
        yield Wikis(tmp_path_factory.mktemp, stack)


@pytest.fixture(scope="session", params=[OLDER, NEWER])
def shared_wiki(request: pytest.FixtureRequest, _wikis: Wikis) -> Wiki:
    """One wiki per MediaWiki release, as earlier tests left it: for tests that bring their own
    titles, and for a module that publishes once (it then never asks for ``wiki``).
    """
    return _wikis.of(request.param)


@pytest.fixture
def wiki(shared_wiki: Wiki) -> Wiki:
    """The wiki of this release, as it was when installed."""
    shared_wiki.reset()
    return shared_wiki


@pytest.fixture(scope="session", params=["closed"])
def _shared_closed_wiki(_wikis: Wikis) -> Wiki:
    return _wikis.of(OLDER, closed=True)


@pytest.fixture
def closed_wiki(_shared_closed_wiki: Wiki) -> Wiki:
    """A wiki that shows nothing to readers without an account, as it was when installed."""
    _shared_closed_wiki.reset()
    return _shared_closed_wiki


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of this repository."""
    return Path(__file__).resolve().parents[1]
