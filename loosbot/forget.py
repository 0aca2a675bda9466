"""Nothing of ours outlives a withdrawal: the one hook of all that we keep beside the corpus.

``forget`` is called wherever a corpus is read with what was kept of it: before a publication, and
by whatever keeps a store or drafts. A store belongs in the cache folder, which loses all that it
holds when somebody withdraws (that changes no outcome); a draft in one of the folders called
``brouillons``, where it only loses the person's name and words, since the rest is somebody's work.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from loosbot.corpus.model import Corpus
from loosbot.corpus.withdrawals import mark_of, sources_of, without
from loosbot.files import cache_folder, replace_file
from loosbot.guarded import json_value

DRAFTS = "brouillons"
_MARKS = "oublis"
"""In the cache folder: of which withdrawals it is rid already, as hashes."""


def forget(
    corpus: Corpus, env: Mapping[str, str], folder: Path | None = None, drafts: Iterable[Path] = ()
) -> list[str]:
    """Take out of our own files what persons withdrew. Returns what to say of it, in French.

    ``corpus`` is the whole one, ``folder`` where it stands; ``drafts`` are further folders of
    drafts. Costs nothing where nobody withdrew, and little where that was dealt with before.
    """
    sources = sources_of(corpus)
    if not sources:
        return []
    cache = cache_folder(env)
    _empty(cache, f"{corpus.config.corpus} {mark_of(sources)}")
    places = [*drafts, cache / DRAFTS, *([folder / ".loosbot" / DRAFTS] if folder else [])]
    told = []
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else ():
            if file.is_file() and _cleaned(file, lambda text: without(sources, corpus, text)):
                told.append(
                    f"Brouillon {file.name} : les mots d’une personne qui a retiré son accord en "
                    "ont été ôtés."
                )
    return told


def _empty(cache: Path, mark: str) -> None:
    """Rid the cache of all that was kept before this withdrawal."""
    marks = cache / _MARKS
    try:
        known = marks.read_text(encoding="ascii").splitlines() if marks.exists() else []
        if mark in known:
            return
        for one in cache.iterdir() if cache.is_dir() else ():
            if one.name in (DRAFTS, _MARKS):
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)
        replace_file(marks, "".join(f"{one}\n" for one in (*known, mark)).encode())
    except (OSError, UnicodeError):
        # a home that nobody may write to holds nothing of ours either
        return


def _cleaned(file: Path, clean: Callable[[str], str]) -> bool:
    """Rewrite a draft without the words; whether it held any."""
    try:
        before = file.read_text(encoding="utf-8")
        try:
            data = json_value(before.encode()) if file.suffix == ".json" else None
        except ValueError:
            data = None
        if data is None:
            after = clean(before)
        else:
            # the words as they are said, however JSON spells them
            said = _each_text(data, clean)
            after = before if said == data else json.dumps(said, ensure_ascii=False, indent=2)
        if after == before:
            return False
        replace_file(file, after.encode())
    except (OSError, UnicodeError):
        return False
    return True


def _each_text(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _each_text(one, clean) for key, one in value.items()}
    if isinstance(value, list):
        return [_each_text(one, clean) for one in value]
    return value
