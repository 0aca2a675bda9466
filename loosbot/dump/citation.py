"""``CITATION.cff`` 1.2.0: how to cite an edition (https://citation-file-format.github.io)."""

from __future__ import annotations

import json

from loosbot.corpus import french
from loosbot.dump.filtered import Edition
from loosbot.dump.licences import covering

NAME = "CITATION.cff"


def citation(edition: Edition, address: str = "") -> bytes:
    """Every text is written as a JSON string, which is a YAML one too. ``address`` is where the
    edition is read, if anywhere."""
    snapshot = edition.snapshot
    lines = [
        "cff-version: 1.2.0",
        "message: Si vous employez ces données, citez-les ainsi.",
        "type: dataset",
        f"title: {json.dumps(edition.title, ensure_ascii=False)}",
        "authors:",
        f"  - name: {json.dumps(f'Commune {french.of(snapshot.commune)}', ensure_ascii=False)}",
        # a date with hyphens is cited as several versions (findings/citeproc-version.sh)
        f"version: {json.dumps(snapshot.date.replace('-', '.') or '0')}",
    ]
    if snapshot.date:
        lines.append(f"date-released: {snapshot.date}")
    if address:
        lines.append(f"url: {json.dumps(address)}")
    # in a list, one licence or the other could be chosen
    lines.append(f"license: {covering(edition).name}")
    return ("\n".join(lines) + "\n").encode("utf-8")
