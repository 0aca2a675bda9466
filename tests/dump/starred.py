"""What IRaMuTeQ's own checker and builder say of a corpus (0.8: ``textcheckcorpus.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STARRED = re.compile(r"\*[a-z0-9]+_[a-z0-9]+")


def faults(text: str) -> list[str]:
    """What IRaMuTeQ would refuse, lose or misread in a corpus; French sentences."""
    wrong = []
    if text.startswith("\ufeff"):
        wrong.append("une marque d’ordre des octets fait perdre le premier texte")
    words = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.startswith("****"):
            if words == 0:
                wrong.append(f"le texte avant la ligne {number} est vide, il serait perdu")
            words = 0
            wrong += _star_faults(line, number)
        elif line.strip():
            if words is None:
                wrong.append(f"la ligne {number} est avant le premier texte, elle serait perdue")
            if "*" in line:
                wrong.append(f"la ligne {number} contient une étoile")
            words = (words or 0) + 1
    if words == 0:
        wrong.append("le dernier texte est vide, il serait perdu")
    return wrong


def _star_faults(line: str, number: int) -> Iterator[str]:
    seen = set()
    for token in line[4:].split():
        name = token.partition("_")[0]
        if not _STARRED.fullmatch(token):
            yield f"la variable « {token} » de la ligne {number} est mal écrite"
        elif name in seen:
            yield f"la ligne {number} donne deux fois la variable « {name} »"
        seen.add(name)
