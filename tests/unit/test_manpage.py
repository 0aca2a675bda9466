"""The manual page says what the commands say."""

from __future__ import annotations

import subprocess
import sys

import pytest
from wikis import CHECKOUT

from loosbot.cli import COMMANDS


@pytest.mark.slow
def test_the_manual_page_is_what_the_commands_say() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/manpage.py", "--check"], cwd=CHECKOUT, check=False
    )
    assert done.returncode == 0, "python scripts/manpage.py writes it again"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_it(name: str) -> None:
    lines = (CHECKOUT / "docs/loosbot.1").read_text(encoding="utf-8").split("\n")
    assert any(line.startswith(f".SS loosbot {name} ") for line in lines)
    assert all(line for line in lines[:-1]) and "Show this message" not in "\n".join(lines)
