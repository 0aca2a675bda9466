"""The message to a person whose change of our block was not kept. Pure.

Nothing in it is live but its own links: what the person wrote, and what stood there, may hold
templates, signatures, addresses, and is shown as mere characters.
"""

from __future__ import annotations

import difflib
import re

from loosbot.corpus.dates import display
from loosbot.corpus.french import counted
from loosbot.frozen import dataclass
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import Edit, PageState, WikiRefusal
from loosbot.wikitext.encoding import Context, encode

_LINES = 40
_LONGEST = 300
_LIVE = re.compile(r"[^\w .,;?()\n]|_")
"""Every character that wikitext might read as more than itself."""


@dataclass(frozen=True, slots=True)
class RevertedEdit:
    """A person's change that we published over.

    ``user`` is "" when hidden, ``revision`` theirs; ``old`` and ``new`` are what we had written
    and what they made of it, ``back`` what we put there again. ``day`` (ISO 8601) is when we
    published, as ``account``.
    """

    title: str
    user: str
    revision: int
    old: str
    new: str
    day: str
    account: str
    back: str


def may_be_quoted(taken: RevertedEdit) -> bool:
    """Whether the corpus still holds all that the person touched. What we had written and write no
    more may be somebody's who agreed to it no longer, and so may what the person made of it."""
    still = set(taken.back.splitlines())
    return all(line[1:] in still for line in changed_lines(taken) if line[0] != "+")


def changed_lines(taken: RevertedEdit) -> list[str]:
    """The lines that the person took out (``-``) or put in (``+``), with those around (`` ``)."""
    lines = difflib.unified_diff(taken.old.splitlines(), taken.new.splitlines(), n=1, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def note(taken: RevertedEdit, way_back: str, *, quoted: bool) -> str:
    """A section of the talk page. ``way_back`` is how the words come back, in wikitext;
    ``quoted`` that the lines are shown which changed."""
    who = f"[[User:{taken.user}|{inert(taken.user)}]]" if taken.user else ""
    shown = changed_lines(taken) if quoted else []
    lines = [
        f"== Texte du dépôt remis sur « {encode(taken.title, Context.HEADING)} » ==",
        f"Bonjour{f' {who}' if who else ''},",
        "",
        "Vous aviez modifié ici le texte qui vient du dépôt de la commune "
        f"({diff_link(taken.revision)}). "
        "Cette modification n’a pas pu être reportée dans le dépôt, et le robot a remis le texte "
        "de celui-ci. Votre version n’est pas perdue : "
        f"[[Special:PermanentLink/{taken.revision}|la voici]].",
        "",
        f"{way_back} Au-dessus et au-dessous du texte publié, la page est à vous : le robot n’y "
        "touche pas.",
    ]
    if shown:
        lines += ["", "Ce qui avait changé (− : retiré, + : ajouté) :", ""]
        lines += map(_shown, shown[:_LINES])
    if len(shown) > _LINES:
        lines.append(f" … ({counted(len(shown) - _LINES, 'ligne')} de plus)")
    signature = f"[[User:{taken.account}|{inert(taken.account)}]]"
    lines += ["", f"— {signature}, le {display(taken.day[:10])}"]
    return "\n".join(lines)


def diff_link(revision: int) -> str:
    """The link by which a message about a change is known."""
    return f"[[Special:Diff/{revision}|votre modification]]"


def _shown(line: str) -> str:
    sign = {"-": "−", "+": "+"}.get(line[0], " ")
    text = line[1:] if len(line) <= _LONGEST else f"{line[1:_LONGEST]}…"
    return f" {sign} {inert(text)}"


def with_section(talk: PageState, section: str, comment: str) -> Edit:
    """The edit that puts a section at the end of a talk page, whose text was read.

    Raises WikiRefusal where the page has become a redirect.
    """
    if talk.redirect:
        raise WikiRefusal("redirect", f"« {talk.title} » est devenue une redirection")
    return talk.edited(f"{talk.text}\n\n{section}" if talk.text else section, comment)


def was_taken_away(reader: Reader, talk: PageState, day: str) -> bool:
    """Whether people deleted the talk page on this day or later: it is theirs to do so."""
    deletion = reader.deleted([talk.title])[talk.title]
    return deletion is not None and deletion.timestamp >= day


def inert(text: str) -> str:
    """Wikitext that shows these characters literally, in any context."""
    return _LIVE.sub(lambda sign: f"&#{ord(sign[0])};", text)
