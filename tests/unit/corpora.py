"""Small corpora written as they would be on disk, for the tests of every room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus, Reading
from loosbot.corpus.tree import FolderTree

CONFIG = "corpus: essai\n"


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` under ``root``, with a ``loosbot.yaml`` unless they have one."""
    for path, content in {"loosbot.yaml": CONFIG, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def reading(
    root: Path, files: Mapping[str, str | bytes], only: Collection[str] | None = None
) -> Reading:
    return load_corpus(FolderTree(write(root, files)), only=only)


def corpus(root: Path, files: Mapping[str, str | bytes]) -> Corpus:
    read = reading(root, files)
    assert read.corpus is not None, read.findings
    return read.corpus
