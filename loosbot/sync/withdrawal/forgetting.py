"""How to remove somebody who withdrew from git's history: commands for a person to type. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from loosbot import lazy
from loosbot.corpus.paths import id_of
from loosbot.corpus.privacy.contacts import is_contact, nine_digits
from loosbot.corpus.privacy.hidden import is_name
from loosbot.corpus.privacy.tombstones import NEUTRAL
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson

NAMES = "../noms.txt"
"""Where the names are written for ``git filter-repo``: never in the repository."""
AUTHORS = "../auteurs.txt"
"""Where the addresses of who made versions are."""
_GONE = NEUTRAL["withdrawn"]


def in_git(people: Sequence[WithdrawnPerson]) -> Iterator[str]:
    """The steps: take the words out of the files, then rewrite the whole history without them."""
    yield "Puis dans git, une fois le wiki nettoyé (l’histoire du dépôt est récrite) :"
    files = dict.fromkeys(
        path for person in people for path in (person.path, *person.files, *person.former)
    )
    edited = []
    for person in people:
        if person.field:
            edited.append(person.path)
            yield (
                f"    dans {person.path}, champ {person.field}, à la place de {person.who} "
                "et de ses mots : "
                "« qui: Une personne », « texte: … » et « consentement: {etat: retire} »"
            )
        else:
            paths = ", ".join((person.path, *person.files))
            yield (
                f"    supprimez {paths}, et {person.id} dans les fiches que « loosbot check » nomme"
            )
    yield "    git add --all, git commit, git push"
    if edited:
        yield "    mettez de côté une copie de ces fichiers : " + ", ".join(dict.fromkeys(edited))
    names = replacements(people)
    if names:
        yield f"    dans un clone tout neuf, écrivez {NAMES}, hors du dépôt, une ligne par nom :"
        yield from (f"        {name}" for name in names)
        # the lists of names do not reach who made a version
        yield (
            "    si « git shortlog -sne --all » montre des versions à son nom, écrivez aussi "
            f"{AUTHORS}, une ligne par adresse :"
        )
        yield f"        {_GONE} <retiree@wiki.invalid> <SON ADRESSE>"
        yield f"    et ajoutez à la commande : --mailmap {AUTHORS}"
    else:
        yield "    dans un clone tout neuf :"
    also = f" --replace-text {NAMES} --replace-message {NAMES}" if names else ""
    yield f"    git filter-repo --invert-paths {' '.join(f'--path {file}' for file in files)}{also}"
    if edited:
        yield "    remettez les copies"
    yield "    git add --all, git commit"
    # before the push: the hook lets no version go but those of this list. After what a person
    # before left in it: the clones of that time are still about
    yield (
        "    ajoutez .git/filter-repo/commit-map du clone neuf, sur le serveur, à la fin de "
        "DÉPÔT.git/loosbot.oublies : le crochet laissera partir l’ancienne histoire, et un vieux "
        "clone ne pourra plus la renvoyer"
    )
    # filter-repo takes the address away, and a version that is named keeps the old history
    yield "    git remote add origin ADRESSE, git push --force --all, git push --force --tags"
    yield "    sur le serveur : git reflog expire --expire=now --all, git gc --prune=now"
    yield "    faites refaire tous les clones ; publiez ensuite une fois avec --reculer"
    yield (
        "Puis ailleurs : les exports déjà remis (loosbot dump build DOSSIER --since ANCIEN écrit "
        "RETRAITS.csv), les sauvegardes, qui gardent ses mots jusqu’à leur fin, et, après « wiki "
        "upgrade », .loosbot/wiki/data-… (à effacer). La page à suivre : docs/personnes.md"
    )


def replacements(people: Sequence[WithdrawnPerson]) -> list[str]:
    """The lines of ``git filter-repo --replace-text``: each name that nobody still shown bears (of
    who withdrew one voice, none), and its spellings where both its parts are written whole; an
    initial alone is a word of too many sentences. An e-mail and a number stand for somebody too,
    however they are typed, and so does an id."""
    every = {name for person in people for name in person.names - person.shown}
    paths = {
        path for person in people if not person.field for path in (person.path, *person.former)
    }
    ids = sorted({id_ for path in paths if (id_ := id_of(path))})
    lines = [rf"regex:{_START}{re.escape(id_)}(?![\w-])==>{_GONE}" for id_ in ids]
    for name in sorted(name for name in every if is_name(name) or _CONTACT.search(name)):
        if nine := nine_digits(name):
            lines.append(f"regex:{_BEFORE}{_BLANKS.join(nine)}(?![0-9])==>{_GONE}")
            continue
        if is_contact(name):
            lines.append(f"regex:(?i){re.escape(name).replace('@', '(?:@|%40)')}==>{_GONE}")
            continue
        if name.endswith(".") or not is_name(name):
            lines.append(f"{name}==>{_GONE}")
        else:
            # « Zélie D » is also how « Zélie Dupont » begins
            lines.append(f"regex:{_START}{_spelled(name)}{_END}==>{_GONE}")
        parts = name.replace(",", " ").split()
        if len(parts) > 1 and all(len(part.strip(".")) > 1 for part in parts):
            lines.append(f"regex:(?i){_BLANKS.join(map(_spelled, parts))}==>{_GONE}")
    return lines


_CONTACT = lazy.pattern(r"@|[0-9](?:[\s.]?[0-9]){5}")
_START, _END = r"(?<![\w\x80-\xff])", r"(?![\w\x80-\xff])"
_BLANKS = r"[\W_]{0,4}"
"""None in an address: ``zeliedumoulin59@``."""
_BEFORE = rf"(?<![0-9])(?:(?:\+|00)33{_BLANKS}(?:0{_BLANKS})?|\(?0{_BLANKS})"
"""What stands before the nine digits of a telephone number."""


def _spelled(word: str) -> str:
    """A word with or without its accents, as a pattern on bytes."""
    out = []
    for letter in word:
        bare = unicodedata.normalize("NFD", letter)[0]
        if letter.isascii():
            out.append(re.escape(letter))
        else:
            forms = dict.fromkeys((letter, letter.upper(), letter.lower(), bare))
            out.append(f"(?:{'|'.join(map(re.escape, forms))})")
    return "".join(out)
