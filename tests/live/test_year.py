"""A simulated year of a town's wiki: what a person was asked to do each week, in minutes.

``year.py`` plays it in a process whose clock, and that of its git, its hooks and its MediaWiki,
follow a file. The table is in ``docs/une-annee.md``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from wikis import CHECKOUT
from year import MINUTES, WEEKS

pytestmark = pytest.mark.outils

PAGE = CHECKOUT / "docs" / "une-annee.md"


def _library() -> Path:
    libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not libraries:
        pytest.skip("the package faketime is not installed")
    return libraries[0]


def _clock(folder: Path) -> dict[str, str]:
    """What makes a process follow ``folder/clock``; PHP too, which does not get its environment."""
    (folder / "clock").write_text("+0d\n")
    faked = {
        "LD_PRELOAD": str(_library()),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
    }
    php = folder / "bin" / "php"
    php.parent.mkdir()
    settings = " ".join(f"{name}='{value}'" for name, value in faked.items())
    php.write_text(f'#!/bin/sh\nexec env {settings} /usr/bin/php "$@"\n')
    php.chmod(0o755)
    return faked | {"PATH": f"{php.parent}:{os.environ['PATH']}"}


def table(played: dict[str, Any]) -> str:
    """The weeks in which somebody was asked something."""
    lines = [
        "| Semaine | Ce qui arrive | Ce qui est demandé à quelqu’un | Minutes |",
        "|---|---|---|---|",
    ]
    for week in range(1, WEEKS + 1):
        asked = played["asked"].get(str(week), [])
        if asked:
            happened = " ; ".join(played["happened"].get(str(week), ["rien"]))
            minutes = sum(MINUTES[kind] for kind in asked)
            lines.append(f"| {week} | {happened} | {' ; '.join(asked)} | {minutes} |")
    return "\n".join(lines)


def test_a_year_asks_minutes_a_week(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "tests" / "year.py"), str(tmp_path), str(WEEKS)],
        cwd=CHECKOUT / "tests",
        env=os.environ | _clock(tmp_path),
        capture_output=True,
        text=True,
        timeout=3000,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    played = json.loads(done.stdout)

    # nothing that anybody wrote is lost, and nothing waits for anybody at the end
    assert (played["lost"], played["revised"], played["waiting"]) == ([], True, 0)
    # who agreed for a time, and who withdrew, are not there any more; the others are
    assert "trop loin" in played["voices"]
    assert "repeint" not in played["voices"] and "sert encore" not in played["voices"]
    weeks = [sum(MINUTES[kind] for kind in asked) for asked in played["asked"].values()]
    assert sum(weeks) / WEEKS < 10
    assert max(weeks) < 60
    assert table(played) in PAGE.read_text("utf-8"), table(played)
