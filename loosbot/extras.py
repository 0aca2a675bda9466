"""Libraries that only some commands need: which extra of the package brings them."""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec

from loosbot.errors import UsageError

MODULES = {
    "dump": ("pyarrow",),
    "atelier": ("flask", "waitress"),
    "livret": ("weasyprint",),
    "import": ("mammoth", "openpyxl"),
}
"""Extra of ``setup.cfg`` -> the modules that its commands import."""


def missing(extra: str) -> list[str]:
    """The modules of an extra that are not installed; none is imported."""
    return [module for module in MODULES[extra] if find_spec(module) is None]


def _pip() -> str:
    """The pip command of the running Python: the system's pip would refuse, or install for another
    Python."""
    return f"{shlex.quote(sys.executable)} -m pip"


def require(extra: str) -> None:
    """Raise UsageError, naming the extra and how to install it, where a module of it is missing.

    Looks for the modules without importing them: they are heavy.
    """
    if lacking := missing(extra):
        raise UsageError(
            f"Cette commande demande le complément « {extra} » de loosbot, qui n’est pas installé "
            f"(il manque {', '.join(lacking)}).",
            f"Pour l’installer : {_pip()} install 'loosbot[{extra}]' "
            "(ou loosbot[complet] pour tout).",
        )
