"""Removing the words of somebody who withdrew from every file that loosbot keeps beside a corpus.

``forget`` is called wherever a corpus is read with what was kept of it: before a publication, and
by whatever keeps a store or drafts. A store belongs in the cache folder, which loses all that it
holds when somebody withdraws (that changes no outcome); a draft in one of the folders called
``brouillons``, or where the atelier keeps its own, where it only loses the person's name and words,
since the rest is somebody's work. A draft of her own record goes as a whole.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from loosbot.corpus.check import filecache
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.mentions import MentionTest
from loosbot.corpus.privacy.withdrawals import (
    WithdrawnPerson,
    followers,
    mark_of,
    named_exactly,
    withdrawn_people,
    without,
)
from loosbot.files import cache_folder, private_folder, replace_file
from loosbot.parsing import json_value

DRAFTS = "brouillons"
_LOGS = ("loosbot.log", "loosbot.log.1", "loosbot.manques")
"""In a bare repository: what was said of each push."""
_SPEAKER = re.compile(r"(voix\.[^.]+)\.qui")
"""The question of a draft whose answer is who speaks."""
_MARKS = "oublis"
"""In the cache folder: by corpus, of which withdrawals it is rid, as a hash. A clone of before a
withdrawal may write in that folder after it: another mark than the last one empties it again."""


def forget(
    corpus: Corpus,
    env: Mapping[str, str],
    folder: Path | None = None,
    withdrawn: Collection[WithdrawnPerson] = (),
) -> list[str]:
    """Take out of our own files what persons withdrew. Returns what to say of it, in French.

    ``corpus`` is the whole one, ``folder`` where it stands, ``withdrawn`` are those who withdrew
    with their former names too, where these are known. Costs nothing where nobody withdrew, and
    little where that was dealt with before.
    """
    people = withdrawn_people(corpus)
    cache = cache_folder(env)
    _empty(cache, mark_of(people), corpus)
    if not people:
        return []
    clean = _Cleaner(corpus, withdrawn or people)
    messages = []
    for file in _logs(env, folder):
        if clean.file(file):
            messages.append(
                f"{file.name} : le nom d’une personne qui a retiré son accord en a été ôté."
            )
    return messages + _drafts(_places(env, folder), clean)


def keeps_words(env: Mapping[str, str], folder: Path, looked: float) -> bool:
    """Whether :func:`forget` might take something out of a file: any draft, a log that is newer
    than when it ``looked`` last on this machine (a time of a file, 0 where it never did), and then
    the cache folder. Reads no corpus."""
    logs = [file for file in _logs(env, folder) if file.stat().st_mtime > looked]
    if logs or any(map(_files, _places(env, folder))):
        return True
    return not looked and bool(_files(cache_folder(env)))


def forget_drafts(corpus: Corpus, places: Iterable[Path]) -> None:
    """Take what persons withdrew out of the drafts in these folders."""
    if people := withdrawn_people(corpus):
        _drafts(places, _Cleaner(corpus, people))


def _drafts(places: Iterable[Path], clean: _Cleaner) -> list[str]:
    return [
        f"Brouillon {file.name} : les mots d’une personne qui a retiré son accord en ont été ôtés."
        for place in places
        for file in _files(place)
        if clean.file(file)
    ]


def _places(env: Mapping[str, str], folder: Path | None) -> list[Path]:
    """Where drafts are."""
    own = [folder / ".loosbot" / DRAFTS, private_folder(env, folder)] if folder else []
    return [cache_folder(env) / DRAFTS, *own]


def _files(place: Path) -> list[Path]:
    """The files below a folder, none where there is no folder."""
    below = sorted(place.rglob("*")) if place.is_dir() else ()
    return [file for file in below if file.is_file() and not file.is_symlink()]


def _logs(env: Mapping[str, str], folder: Path | None) -> list[Path]:
    """Logs of earlier runs: beside a bare repository, and of internal errors."""
    faults = private_folder(env, folder or Path()).parents[1]
    files = [folder / name for name in _LOGS] if folder else []
    files += sorted(faults.glob("*.log")) if faults.is_dir() else []
    return [file for file in files if file.is_file() and not file.is_symlink()]


def _empty(cache: Path, mark: str, corpus: Corpus) -> None:
    """Empty the cache of everything written before this withdrawal; entries written since hold
    nothing of it. Where nobody withdrew nothing is emptied, and no mark is left."""
    marks, name = cache / _MARKS, corpus.config.corpus
    try:
        known = marks.read_text(encoding="ascii").splitlines() if marks.exists() else []
        others = [line for line in known if line.rpartition(" ")[0] != name]
        wanted = [*others, f"{name} {mark}"] if mark else others
        if sorted(wanted) == sorted(known):
            return
        rid = MentionTest(corpus).mark if mark else ""
        for entry in cache.iterdir() if mark and cache.is_dir() else ():
            if entry.name in (DRAFTS, _MARKS):
                continue
            if filecache.is_rid(entry, rid):
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
        replace_file(marks, "".join(f"{line}\n" for line in wanted).encode())
    except (OSError, UnicodeError):
        # a read-only home holds no files of ours
        return


class _Cleaner:
    """Takes the names and the words of those who withdrew out of drafts."""

    def __init__(self, corpus: Corpus, people: Collection[WithdrawnPerson]) -> None:
        self._own = {person.id for person in people if not person.field}
        self._clean = partial(without, people)
        self._is_name = named_exactly(people)
        self._went = followers(corpus)

    def file(self, file: Path) -> bool:
        """Rewrite a draft without the words, or erase that of their own record; whether it held
        any."""
        try:
            before = file.read_text(encoding="utf-8")
            try:
                data = json_value(before.encode()) if file.suffix == ".json" else None
            except ValueError:
                data = None
            if isinstance(data, dict) and data.get("record") in self._own:
                file.unlink()
                return True
            if data is None:
                after = self._clean(before)
            else:
                # the decoded text: JSON may escape letters
                cleaned = self._each_text(self._without_voices(data), self._text_of(data))
                after = (
                    before if cleaned == data else json.dumps(cleaned, ensure_ascii=False, indent=2)
                )
            if after == before:
                return False
            replace_file(file, after.encode())
        except (OSError, UnicodeError):
            return False
        return True

    def _without_voices(self, data: Any) -> Any:
        """A draft of the atelier without what those persons say in it: once their names are out,
        nobody would know whose words these are."""
        answers = data.get("answers") if isinstance(data, dict) else None
        if not isinstance(answers, dict):
            return data
        named = (
            _SPEAKER.fullmatch(str(key)) for key, answer in answers.items() if self._names(answer)
        )
        gone = {f"{voice[1]}.texte" for voice in named if voice}
        return {
            **data,
            "answers": {key: answer for key, answer in answers.items() if key not in gone},
        }

    def _names(self, answer: Any) -> bool:
        return isinstance(answer, list) and any(
            self._is_name(name) or self._went({"qui": name}) for name in map(str, answer)
        )

    def _text_of(self, data: Any) -> Callable[[str], str]:
        if not (isinstance(data, dict) and data.get("record")):
            return self._clean
        # who speaks is in the file that it corrects: without it nobody would know whose words go
        return lambda text: text if self._is_name(text) else self._clean(text)

    def _each_text(self, value: Any, clean: Callable[[str], str]) -> Any:
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, dict):
            return {key: self._each_text(inner, clean) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._each_text(item, clean) for item in value]
        return value
