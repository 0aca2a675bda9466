"""Real answers of a real wiki, kept in ``cassettes/`` and played back without any network.

``make record`` (LOOSBOT_RECORD=1) writes them again from a fresh embedded wiki, put back to its
first minute before each test, so that page and revision numbers come out the same.
Nothing secret is kept: passwords, tokens, cookies and the local port are taken out on the way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
import vcr
from recorder import CASSETTES, HIDDEN, HOST, Recorded, clean_request, clean_response
from wikis import HUMAN, Wiki, running

from loosbot.wiki.credentials import Credentials

RECORDING = os.environ.get("LOOSBOT_RECORD") == "1"


@pytest.fixture(scope="session")
def _recorded_wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wiki | None]:
    if not RECORDING:
        yield None
        return
    with running(tmp_path_factory.mktemp("recorded"), "1.39") as wiki:
        yield wiki


@pytest.fixture
def recorded(request: pytest.FixtureRequest, _recorded_wiki: Wiki | None) -> Iterator[Recorded]:
    """The accounts of a fresh wiki; every request of the test goes through its own cassette."""
    if _recorded_wiki is None:
        # port 1 answers nothing: a request that escaped the cassette would fail
        api = f"http://{HOST}:1/api.php"
        who = Recorded(
            *(Credentials(api, user, HIDDEN) for user in ("Loosbot@loosbot", HUMAN.user, "Admin"))
        )
    else:
        _recorded_wiki.reset()
        who = Recorded(_recorded_wiki.credentials, _recorded_wiki.human, _recorded_wiki.admin)
    name = re.sub(r"\W+", "_", request.node.name.removeprefix("test_"))
    file = CASSETTES / f"{name}.yaml"
    if RECORDING:
        file.unlink(missing_ok=True)
    recorder = vcr.VCR(
        record_mode="once" if RECORDING else "none",
        match_on=["method", "uri", "body"],
        before_record_request=clean_request,
        before_record_response=clean_response,
        decode_compressed_response=True,
    )
    with recorder.use_cassette(str(file)):
        yield who
