"""How git is run: nothing of the repository runs code, nothing leaves the machine, and a command
that reads writes nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from loosbot import lazy
from loosbot.errors import UserError
from loosbot.escaping import harmless

_KEPT = ("GIT_CONFIG", "GIT_CEILING", "GIT_DISCOVERY", "GIT_EXEC_PATH", "GIT_TEST_")
# in a pre-receive hook these two lead to the quarantined objects of the push
_KEPT_IN_HOOKS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")

_FIXED = {
    "GIT_OPTIONAL_LOCKS": "0",  # status must not refresh the index: checks never write
    "GIT_LITERAL_PATHSPECS": "1",
    # replacements and grafts are local: another clone has others
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.safecrlf": "false",  # with line ends of Windows, it refuses the files that we write
    "core.hooksPath": os.devnull,
    "core.sshCommand": "false",
    "protocol.allow": "never",
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.follow": "false",
}


_FULL = lazy.pattern("No space left on device|Out of diskspace")
_LOCKED = lazy.pattern(r"Unable to create '(.+\.lock)': File exists")
_HIDES = lazy.pattern(
    "'refs/heads/(?P<there>[^']+)' exists; cannot create 'refs/heads/(?P<name>[^']+)'"
)
_LONG = lazy.pattern("File name too long")
_FORBIDDEN = lazy.pattern("Permission denied|insufficient permission|Read-only file system")


def installed() -> bool:
    """Is there a git to run?"""
    return shutil.which("git") is not None


def first_version() -> str:
    """What to do where a corpus has no version in git: install git, or make one."""
    if not installed():
        return "git n’est pas installé ici : sudo apt-get install git"
    return "Enregistrez-le d’abord dans git (git init, git add, git commit)."


def run(
    folder: Path,
    *arguments: str,
    data: bytes = b"",
    settings: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    """The standard output of one git command. Raises UserError with git's reason.

    ``data`` is what it reads on its standard input; ``settings`` are keys of git's configuration,
    ``variables`` those of its environment.
    """
    done = attempt(folder, *arguments, data=data, settings=settings, variables=variables)
    if done.returncode:
        raise refusal(done.stderr)
    return done.stdout


def attempt(
    folder: Path,
    *arguments: str,
    data: bytes = b"",
    settings: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run one git command and return its result whatever the exit code; see :func:`run`."""
    return subprocess.run(
        ["git", "--no-pager", *arguments],
        cwd=folder,
        env={**environment(settings or {}), **(variables or {})},
        # not our own standard input: git must not read what a person types
        stdin=None if data else subprocess.DEVNULL,
        input=data or None,
        capture_output=True,
        check=False,
    )


def listing(folder: Path, *arguments: str, most: int) -> bytes:
    """What ``run`` gives, where a push may have made the answer endless.

    Raises UserError with git's reason, and for more than ``most`` bytes.
    """
    with (
        tempfile.TemporaryFile() as reason,
        subprocess.Popen(
            ["git", "--no-pager", *arguments],
            cwd=folder,
            env=environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=reason,
        ) as git,
    ):
        if git.stdout is None:
            raise AssertionError("its output is a pipe")
        answer = git.stdout.read(most + 1)
        if len(answer) > most:
            git.kill()
            raise UserError("Ce commit contient trop de fichiers, ou des noms trop longs.")
        if git.wait():
            reason.seek(0)
            raise refusal(reason.read())
    return answer


@contextmanager
def conversation(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A git process to converse with (``cat-file --batch``); ended with the block."""
    with subprocess.Popen(
        ["git", "--no-pager", *arguments],
        cwd=folder,
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def refusal(stderr: bytes) -> UserError:
    """A UserError: our sentence, then git's message."""
    words = stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in words:
        commands = [line.strip() for line in words.splitlines() if "safe.directory" in line]
        return UserError(
            "Ce dépôt git appartient à un autre utilisateur : git refuse de le lire.",
            f"S’il est à vous, lancez : {commands[0]}" if commands else "",
        )
    if "promisor remote" in words:
        return UserError(
            "Ce clone est partiel (--filter) : git n’y a pas les versions anciennes des fichiers.",
            "Allez chercher toute l’histoire : git fetch --refetch --no-filter",
        )
    if locked := _LOCKED.search(words):
        return UserError(
            f"Un autre programme travaille dans ce dépôt git ({harmless(locked[1])} le dit).",
            "Terminez-le (un message de version resté ouvert ?), puis recommencez. Si plus rien "
            "ne travaille ici, effacez ce fichier.",
        )
    if _FULL.search(words):
        return UserError(
            "git n’a pas pu écrire : le disque est plein.",
            "Faites de la place sur ce disque, puis recommencez.",
        )
    if hides := _HIDES.search(words):
        there, name = (harmless(hides[group]) for group in ("there", "name"))
        return UserError(
            f"Ce dépôt a une branche « {there} » : git ne peut pas en avoir une « {name} » à côté.",
            "Prenez un nom où aucun des deux ne commence l’autre, par exemple "
            f"« {name.replace('/', '-')}-retours ».",
        )
    if _LONG.search(words):
        return UserError("git ne peut pas écrire un nom aussi long.", "Prenez un nom plus court.")
    if _FORBIDDEN.search(words):
        return UserError(
            "git n’a pas le droit d’écrire dans ce dépôt.",
            "Demandez à qui tient cette machine de vous le donner (le dossier .git et tout ce "
            "qu’il contient), puis recommencez.",
        )
    last = words.splitlines()[-1] if words else "sans dire pourquoi"
    return UserError(f"git a échoué : {last.removeprefix('fatal: ')}")


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The variables of a git process: the caller's, without those that would lead it elsewhere."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT) or name in _KEPT_IN_HOOKS
    }
    variables.update(_FIXED)
    # settings go through the environment: a key from a hostile file may hold "=", which -c splits
    count = int(variables.get("GIT_CONFIG_COUNT", "0") or "0")
    for key, value in {**_SETTINGS, **settings}.items():
        variables[f"GIT_CONFIG_KEY_{count}"] = key
        variables[f"GIT_CONFIG_VALUE_{count}"] = value
        count += 1
    variables["GIT_CONFIG_COUNT"] = str(count)
    return variables
