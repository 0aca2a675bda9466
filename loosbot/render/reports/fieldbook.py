"""The pages of the wiki that say what each record may hold; see :mod:`loosbot.fields.handbook`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from loosbot.canonical import canonical
from loosbot.corpus.additions import per_town
from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.model import Corpus
from loosbot.fields import handbook
from loosbot.wikitext.markdown import markdown_to_wikitext
from loosbot.wikitext.names import GLOSSARY

CATEGORY = "categorie/rubrique-redaction"
_PAGES: dict[str, tuple[str, Callable[[str], Iterable[str]]]] = {
    "rapport/champs": (handbook.TITLE, handbook.body),
    "rapport/groupes": (handbook.GROUPS, handbook.groups),
    GLOSSARY: (handbook.WORDS, handbook.words),
}

_LEADS = {
    "rapport/groupes": "Les groupes de clés qui reviennent dans plusieurs champs.",
    GLOSSARY: "Les mots que les champs prennent dans une liste, avec ce qu’ils veulent dire.",
}
"""What opens a page of the wiki whose first words are not said of it in the terminal."""


def titles(corpus: Corpus) -> dict[str, str]:
    """A wiki with a front door has them; they are for those who write, not for loose records."""
    known = {id_: title for id_, (title, _) in _PAGES.items()}
    return known if PORTAL in corpus.pages else {}


_EXAMPLE = re.compile(r"^([^\n]+) :\n\n(<pre>.*?</pre>)", re.DOTALL | re.MULTILINE)
_FOLDED = (
    '<div class="mw-collapsible mw-collapsed">\\1\n'
    '<div class="mw-collapsible-content">\n\\2\n</div></div>'
)
_TABLE = '{| class="wikitable"'


@per_town
def body(id_: str) -> str:
    """The wikitext of a page, the same for every corpus that has it."""
    _, blocks = _PAGES[id_]
    source = "\n\n".join((_LEADS[id_], *blocks("")) if id_ in _LEADS else blocks(""))
    text = markdown_to_wikitext(canonical(source), level=1, resolve=lambda target: None)
    # a hundred tables and a long example for each type: all folded
    return _EXAMPLE.sub(_FOLDED, text).replace(
        _TABLE, f'{_TABLE[:-1]} mw-collapsible mw-collapsed"'
    )
