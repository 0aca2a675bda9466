"""Fixtures for every suite. Nothing starts before a test asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from wikis import Wiki, running

# the same examples each time, so that a change is judged by what it changes; others on demand.
# A busy machine is slow, which is no fault: no deadline.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

CLOSED = "1.39"
"""The release of the wiki that is closed to readers."""


@pytest.fixture(autouse=True, scope="session")
def _nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the settings, the passwords or the git identity of who runs it."""
    home = tmp_path_factory.mktemp("home")
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


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep a test that is marked ``release`` for that one alone. Under pytest-xdist, the tests of
    one folder on one MediaWiki stay together, on one worker that starts it: a wiki is slow to
    start, and two folders wait for different things.
    """
    elsewhere = []
    for item in items.copy():
        release = _release(item)
        only = item.get_closest_marker("release")
        # not among the parameters of the test: pytest would make the wiki anew for each of them
        if only is not None and only.args != (release,):
            items.remove(item)
            elsewhere.append(item)
        elif release is not None:
            item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}-{release}"))
    config.hook.pytest_deselected(items=elsewhere)


def _release(item: pytest.Item) -> str | None:
    """The MediaWiki that a test runs on; None for a test without any."""
    if "closed_wiki" in getattr(item, "fixturenames", ()):
        return CLOSED
    call = getattr(item, "callspec", None)
    return call.params.get("shared_wiki") if call else None


@pytest.fixture(scope="session", params=["1.39", "1.43"])
def shared_wiki(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wiki]:
    """One wiki per MediaWiki release, as earlier tests left it: for tests that bring their own
    titles, and for a module that publishes once (it then never asks for ``wiki``).
    """
    with running(tmp_path_factory.mktemp("wiki"), request.param) as found:
        yield found


@pytest.fixture
def wiki(shared_wiki: Wiki) -> Wiki:
    """The wiki of this release, as it was when installed."""
    shared_wiki.reset()
    return shared_wiki


@pytest.fixture(scope="session")
def _shared_closed_wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki]:
    with running(tmp_path_factory.mktemp("closed"), CLOSED, closed=True) as found:
        yield found


@pytest.fixture
def closed_wiki(_shared_closed_wiki: Wiki) -> Wiki:
    """A wiki that shows nothing to readers without an account, as it was when installed."""
    _shared_closed_wiki.reset()
    return _shared_closed_wiki


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of this repository."""
    return Path(__file__).resolve().parents[1]
