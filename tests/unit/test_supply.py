"""What an installation brings: locked by hash, small for a clerk, under licences that fit."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXTRAS = ("dump", "atelier", "livret", "import")


@pytest.fixture(scope="module")
def supply() -> dict[str, Any]:
    """The names of ``scripts/licences.py``."""
    return runpy.run_path(str(Path(__file__).resolve().parents[2] / "scripts" / "licences.py"))


@pytest.mark.parametrize("file", ["build", "complet", "test", "axe", "validators", "lock"])
def test_every_package_is_locked_by_hash_and_from_no_named_place(file: str, checkout: Path) -> None:
    lines = (checkout / "requirements" / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if line and not line.lstrip().startswith("#")]

    pins = [line for line in written if re.match(r"[a-z0-9][a-z0-9-]*==\S+( ; [^\\]+)? \\$", line)]
    hashes = [line for line in written if re.match(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?$", line)]
    assert pins
    assert len(pins) + len(hashes) == len(
        written
    )  # no address, no option, nothing without its hash


@pytest.mark.parametrize("extra", [None, *EXTRAS, "test"])
def test_what_setup_cfg_asks_is_locked(extra: str | None, supply: dict[str, Any]) -> None:
    locked = supply["locked"]("test" if extra == "test" else "complet")

    for wanted in supply["direct"](extra):
        pin = str(locked[supply["canonicalize_name"](wanted.name)].specifier).removeprefix("==")
        assert wanted.specifier.contains(pin), f"{wanted} : lancez « scripts/lock --keep »"


@pytest.mark.parametrize("extra", [None, *EXTRAS, "test"])
def test_a_library_that_is_at_zero_has_an_upper_bound(
    extra: str | None, supply: dict[str, Any]
) -> None:
    locked = supply["locked"]("test")

    for wanted in supply["direct"](extra):
        pin = str(locked[supply["canonicalize_name"](wanted.name)].specifier)
        if pin.startswith("==0."):
            assert {specifier.operator for specifier in wanted.specifier} & {"<", "~=", "=="}, str(
                wanted
            )


def test_what_a_clerk_installs_is_small(supply: dict[str, Any]) -> None:
    base = set(supply["closure"](supply["direct"](), supply["by_name"](None)))

    assert "click" in base and "urllib3" in base  # those that others bring are counted too
    assert not base & {"pyarrow", "numpy", "pandas", "lxml", "duckdb"}
    assert len(base) <= 20


def test_complet_is_every_other_extra(supply: dict[str, Any]) -> None:
    [whole] = supply["direct"]("complet")

    assert whole.name == "loosbot"
    assert whole.extras == set(EXTRAS)


def test_every_licence_is_listed_and_fits_the_eupl(supply: dict[str, Any], checkout: Path) -> None:
    listed = (checkout / "docs" / "licences.md").read_text(encoding="utf-8")
    ours, locked = supply["by_name"](None), supply["locked"]("test")

    for name, terms, use in supply["rows"]():
        assert supply["compatible"](terms), f"{name} : {terms}"
        # a developer's environment may be ahead of the lock
        if name in locked and f"=={ours[name].version}" == str(locked[name].specifier):
            assert f"| {name} | {terms} | {use} |\n" in listed, "lancez « make lock »"
    names = {line.split("|")[1].strip() for line in listed.splitlines() if line.startswith("| ")}
    assert names >= {*locked, *supply["locked"]("validators")}


@pytest.mark.parametrize(
    ("terms", "fits"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("MIT AND SSPL-1.0", False),
        ("Artistic-1.0-Perl OR GPL-2.0-or-later", True),
        ("Artistic-1.0-Perl", False),
        ("LicenseRef-Proprietary", False),
        ("inconnue", False),
    ],
)
def test_which_licences_fit(terms: str, fits: bool, supply: dict[str, Any]) -> None:
    assert supply["compatible"](terms) is fits


def without(module: str, *words: object) -> subprocess.CompletedProcess[str]:
    """``loosbot`` where a module is not installed, by the one way that Python has for that."""
    run = f"import sys; sys.modules[{module!r}] = None; from loosbot.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", run, *map(str, words)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.slow
def test_a_command_without_its_extra_names_it(checkout: Path, tmp_path: Path) -> None:
    done = without("pyarrow", "dump", "build", tmp_path / "export", "--corpus", checkout)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "Erreur : Cette commande demande le complément « dump » de loosbot, qui n’est pas installé "
        "(il manque pyarrow).\n"
        f"  Pour l’installer : {sys.executable} -m pip install 'loosbot[dump]' "
        "(ou loosbot[complet] pour tout).\n"
    )
    assert not (tmp_path / "export").exists()


@pytest.mark.slow
def test_a_dump_is_checked_without_the_extra_as_far_as_it_has_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    assert without("pyarrow", "dump", "check", tmp_path).returncode == 1

    (tmp_path / "parquet").mkdir()
    (tmp_path / "parquet" / "recits.parquet").touch()
    assert without("pyarrow", "dump", "check", tmp_path).returncode == 2
