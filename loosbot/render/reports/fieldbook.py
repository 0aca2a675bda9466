"""The page of the wiki that says what each record may hold; see :mod:`loosbot.fields.handbook`."""

from __future__ import annotations

from functools import cache

from loosbot.corpus.load import PORTAL
from loosbot.corpus.model import Corpus
from loosbot.fields import handbook
from loosbot.wikitext.encoding import canonical
from loosbot.wikitext.markdown import markdown_to_wikitext

PAGE = "rapport/champs"
CATEGORY = "categorie/rubrique-redaction"


def titles(corpus: Corpus) -> dict[str, str]:
    """A wiki with a front door has one; it is for those who write, not for a few loose records."""
    return {PAGE: handbook.TITLE} if PORTAL in corpus.pages else {}


@cache
def body() -> str:
    """The same for every corpus."""
    source = "\n\n".join(handbook.body(""))
    return markdown_to_wikitext(canonical(source), level=1, resolve=lambda target: None)
