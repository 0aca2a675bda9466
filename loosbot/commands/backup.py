"""``loosbot backup``: one file of all that a fire would take."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot.backup.make import BackupRequest, make
from loosbot.backup.manifest import Manifest
from loosbot.backup.repository import hooks_of_others
from loosbot.commands.options import home_options
from loosbot.commands.output import say
from loosbot.corpus.french import counted
from loosbot.corpus.paths import CONFIG
from loosbot.corpus.yaml import reader
from loosbot.errors import WikiUnavailable
from loosbot.history.git import Repository
from loosbot.wiki.credentials import elsewhere

_ELSEWHERE = """\
Le wiki {wiki} n’est pas celui de loosbot : il n’est pas dans cette sauvegarde.
  Sur son serveur, le même jour :
    mysqldump --single-transaction --default-character-set=binary BASE | gzip > wiki.sql.gz
    tar -czf images.tar.gz -C /var/lib/mediawiki images
    cp /etc/mediawiki/LocalSettings.php .
  (BASE est $wgDBname de LocalSettings.php ; les chemins sont ceux de Debian.)"""


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@home_options("Rien à sauvegarder ici")
def command(file: Path, depot: Repository | None, corpus: Path | None) -> int:
    """Sauvegarder le wiki embarqué, le dépôt git et les clés, en un seul fichier.

    Des personnes peuvent travailler pendant ce temps. Le fichier contient des mots de passe et des
    paroles qui ne sont pas publiques : gardez-le sur un autre disque, pour vous seul.

    Exemple : loosbot backup /srv/sauvegardes/loosbot.zip
    """
    name, wiki = _named(corpus, depot)
    target = file.parent.resolve() / file.name
    manifest = make(target, BackupRequest(corpus, depot, name, wiki), os.environ)
    size = target.stat().st_size
    say(f"Sauvegarde écrite : {target} ({max(1, round(size / 1e6))} Mo, lisible par vous seul).")
    for line in _summary(manifest):
        say(f"  {line}")
    if depot is not None and (programs := hooks_of_others(depot.folder)):
        say(f"  Crochets de quelqu’un d’autre, à copier à part : {', '.join(programs)}.")
    if wiki and not manifest.release:
        say(_ELSEWHERE.format(wiki=wiki))
    say(f"  Pour la remettre : loosbot restore {target} --corpus NOUVEAU-DOSSIER")
    return 0


def _named(corpus: Path | None, depot: Repository | None) -> tuple[str, str]:
    """The corpus's own name, and the address of its wiki where that is not the embedded one."""
    data = None
    if corpus is not None:
        data = (corpus / CONFIG).read_bytes()
    elif depot is not None and (head := depot.head()) is not None:
        from loosbot.history.tree import CommitTree

        data = next((blob for _, blob in CommitTree(depot, head.id).read([CONFIG])), None)
    # a corpus with faults is saved like any other
    known = reader.mapping(data, CONFIG) or {}
    folder = corpus or (depot.folder if depot else Path("corpus"))
    try:
        wiki = elsewhere(os.environ, str(known.get("wiki", "")))
    except WikiUnavailable:
        wiki = ""
    return str(known.get("corpus") or folder.name), wiki


def _summary(manifest: Manifest) -> list[str]:
    """What is in it, in words."""
    rooms: dict[str, int] = {}
    for path in manifest.files:
        rooms[path.split("/")[0]] = rooms.get(path.split("/")[0], 0) + 1
    lines = []
    if manifest.release:
        lines.append(f"le wiki embarqué (MediaWiki {manifest.release}), ses images, ses comptes ;")
    if manifest.git is not None:
        lines.append(f"le dépôt du corpus, version {manifest.git.commit[:12] or 'aucune'} ;")
    if manifest.depot is not None:
        lines.append(f"le dépôt nu {manifest.depot.name}, {manifest.depot.commit[:12] or 'vide'} ;")
    if changed := rooms.get("travail", 0) + len(manifest.removed):
        lines.append(f"{counted(changed, 'fichier')} du corpus, pas encore dans git ;")
    lines.append(f"{counted(rooms.get('cles', 0), 'fichier')} de clés et de mots de passe.")
    return lines
