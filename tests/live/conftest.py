"""Every test of this folder needs a MediaWiki, which the fixtures ``wiki``, ``shared_wiki`` and
``closed_wiki`` start.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.live)
