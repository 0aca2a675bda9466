"""Who can read the wiki: on one that is open, only what may be public is published."""

from __future__ import annotations

from dataclasses import replace

from loosbot.corpus.french import counted
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel
from loosbot.sync.source import Source, shown
from loosbot.wiki.session import Session

CLOSING = "$wgGroupPermissions['*']['read'] = false;"
"""The line of LocalSettings.php that shuts a wiki to readers without an account."""


def channel_of(session: Session) -> Channel:
    """Which of the two wikis this is, as somebody without an account sees it.

    Raises WikiUnavailable.
    """
    return "wiki-ouvert" if session.is_open() else "wiki"


def for_readers(source: Source, channel: Channel) -> Source:
    """The source, filtered for readers without an account where they can read the wiki."""
    if channel == source.channel:
        return source
    corpus = shown(source.whole, source.consents, channel)
    return replace(source, corpus=corpus, channel=channel)


def notice(source: Source, inside: Corpus) -> str:
    """What an open wiki does not get of ``inside``, what a closed one would show, and how to close
    it; "" where it lacks nothing."""
    if source.channel != "wiki-ouvert":
        return ""
    voices = _voices(inside) - _voices(source.corpus)
    persons = len(inside.records) - len(source.corpus.records)
    left_out = [
        counted(number, noun)
        for number, noun in ((voices, "voix"), (persons, "personne"))
        if number
    ]
    if not left_out:
        return ""
    verb = "n’y paraît" if voices + persons == 1 else "n’y paraissent"
    return (
        f"Ce wiki se lit sans compte : {' et '.join(left_out)} {verb} pas, faute d’accord public. "
        f"Pour le fermer, dans LocalSettings.php : {CLOSING}"
    )


def _voices(corpus: Corpus) -> int:
    return sum(
        "texte" in voice
        for record in corpus.records.values()
        for voice in record.data.get("voix", ())
    )
