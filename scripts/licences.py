"""Write docs/licences.md: what an installation brings, and under which licence.

Reads what is installed here, so run it after ``make lock``, which does.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "licences.md"

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Public Domain": "domaine public",
    "Python Software Foundation License": "PSF-2.0",
}
"""How a package's classifiers name a licence -> its SPDX identifier."""

WORDS = {
    "AGPL3": "AGPL-3.0-only",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "ZPL 2.1": "ZPL-2.1",
}
"""How a package's free text names a licence -> its SPDX identifier."""

READ = {
    # its metadata name none; LICENSE in its repository and its wheel
    "axe-playwright-python": "MIT AND MPL-2.0",
    # the words in its metadata name the first of two licences that may be chosen
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
"""Packages whose metadata do not tell, and what their files say."""

COMPATIBLE = frozenset(
    {
        # permissive: asks for its notice alone
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
        "MIT-CMU", "PSF-2.0", "ZPL-2.1", "Zlib", "domaine public",
        # binds its own files, or is in the EUPL's appendix of compatible licences
        "AGPL-3.0-only", "GPL-2.0-or-later", "MPL-2.0",
    }
)  # fmt: skip
"""Licences of what a program under the EUPL-1.2 may be installed with."""

OLDEST = {"python_version": "3.11", "python_full_version": "3.11.0"}
"""What a package is there for is told as on the oldest Python, to be the same on each."""

HEAD = """\
# Ce qui est installé, et sous quelle licence

loosbot est sous licence EUPL-1.2. Il s’installe avec les paquets Python ci-dessous, qui gardent \
la leur. Toutes permettent de les installer et de les redistribuer avec un logiciel sous EUPL : \
licences permissives, ou licences de l’annexe de l’EUPL (MPL, GPL, AGPL). Les outils des essais ne \
sont ni importés par loosbot ni distribués avec lui.

Ce tableau est écrit par `make lock` d’après ce que les paquets déclarent ; un essai le compare à \
ce qui est installé. Les versions et les empreintes sont dans `requirements/`. MediaWiki \
(GPL-2.0-or-later), PHP et les autres programmes viennent des paquets de Debian, qui portent leurs \
licences dans `/usr/share/doc`.
"""


def licence(distribution: Distribution) -> str:
    """The SPDX expression of a package, as well as its metadata tell it."""
    name = canonicalize_name(distribution.name)
    if name in READ:
        return READ[name]
    metadata = distribution.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    # the classifiers are a closed list, the free text may be a whole licence
    named = [
        CLASSIFIERS[title]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and (title := line.split(" :: ")[-1]) in CLASSIFIERS
    ]
    if named:
        return " OR ".join(sorted(set(named)))
    text = (metadata.get("License") or "").partition("\n")[0].strip()
    return WORDS.get(text, text) or "inconnue"


def compatible(expression: str) -> bool:
    """Whether a program under the EUPL may be installed with this. Knows AND and OR, not both."""
    names = re.split(r" (?:AND|OR) ", expression)
    some = any if " OR " in expression else all
    return some(name in COMPATIBLE for name in names)


def locked(file: str) -> dict[str, Requirement]:
    """What a file of requirements/ installs here, by name."""
    text = (ROOT / "requirements" / f"{file}.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([a-z0-9][^\n\\#]*)", text, re.MULTILINE)
    requirements = [Requirement(line) for line in lines]
    return {
        canonicalize_name(requirement.name): requirement
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate()
    }


def direct(extra: str | None = None) -> list[Requirement]:
    """What setup.cfg asks for itself."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    text = (
        config["options.extras_require"][extra] if extra else config["options"]["install_requires"]
    )
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def closure(wanted: list[Requirement], installed: Mapping[str, Distribution]) -> Iterator[str]:
    """The names of these packages and of all that they need in turn."""
    waiting, seen = list(wanted), set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        yield key[0]
        here = installed.get(key[0])
        for line in (here.requires if here else None) or ():
            need = Requirement(line)
            extras = ("", *requirement.extras)
            if need.marker is None or any(
                need.marker.evaluate({**OLDEST, "extra": extra}) for extra in extras
            ):
                waiting.append(need)


def rows() -> Iterator[tuple[str, str, str]]:
    """Package, licence, what it is there for."""
    ours = by_name(None)
    base = set(closure(direct(), ours))
    complete, tests = locked("complet"), locked("test") | locked("axe") | locked("build")
    for name in sorted(complete | tests):
        use = "loosbot" if name in base else "compléments" if name in complete else "essais"
        yield name, licence(ours[name]), use


def by_name(folder: Path | None) -> dict[str, Distribution]:
    """The packages that are installed in ``folder``, or where this program runs."""
    path = sys.path if folder is None else [str(folder)]
    packages = importlib.metadata.distributions(path=path)
    named: dict[str, Distribution] = {}
    for package in packages:
        named.setdefault(canonicalize_name(package.name), package)
    return named


def validators(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The same for the environment apart of the tools of ``make test-outils``."""
    (packages,) = folder.glob("lib/python3*/site-packages")
    installed = by_name(packages)
    for name in sorted(locked("validators")):
        yield name, licence(installed[name]), "outils des essais"


def table(lines: list[tuple[str, str, str]]) -> str:
    head = "| Paquet | Licence | Pour |\n|---|---|---|\n"
    return head + "".join(f"| {name} | {terms} | {use} |\n" for name, terms, use in lines)


if __name__ == "__main__":
    entries = [*rows(), *validators(ROOT / ".venv" / "validators")]
    TARGET.write_text(f"{HEAD}\n{table(entries)}", encoding="utf-8")
