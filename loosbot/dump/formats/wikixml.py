"""``wiki/pages.xml``: the pages, for MediaWiki's importDump and for mwxml (export-0.11).

https://www.mediawiki.org/xml/export-0.11.xsd. One revision a page, children in the schema's strict
order, ``comment`` always there: the schema wants it even where MediaWiki leaves it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from loosbot.dump.filtered import Edition, WikiPage
from loosbot.wikitext.names import CATEGORY_NAMESPACE, TEMPLATE_NAMESPACE

PATH = "wiki/pages.xml"
_NAMESPACE = "http://www.mediawiki.org/xml/export-0.11/"
_MAIN, _TEMPLATE, _CATEGORY = 0, 10, 14
_UNDATED = "1970-01-01"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
"""Every two digits: one division gives both."""
_SHA1_BASE_36 = 31
"""Digits that MediaWiki writes of it."""


def files(edition: Edition) -> Iterator[tuple[str, Iterator[bytes]]]:
    """One file, in the research edition only: a page is a way back to the wiki.

    The pages are used up by it.
    """
    if edition.kind == "recherche":
        yield PATH, (part.encode("utf-8") for part in _document(edition))


def _document(edition: Edition) -> Iterator[str]:
    language = edition.snapshot.language
    yield (
        f'<mediawiki xmlns="{_NAMESPACE}" version="0.11" xml:lang={quoteattr(language)}>\n'
        f"  <siteinfo>\n    <sitename>{escape(edition.snapshot.commune)}</sitename>\n"
        f"    <dbname>{escape(edition.snapshot.corpus)}</dbname>\n"
        f"    <generator>{edition.snapshot.tool}</generator>\n    <case>first-letter</case>\n"
        "    <namespaces>\n"
        f'      <namespace key="{_MAIN}" case="first-letter" />\n'
        f'      <namespace key="{_TEMPLATE}" case="first-letter">'
        f"{TEMPLATE_NAMESPACE.rstrip(':')}</namespace>\n"
        f'      <namespace key="{_CATEGORY}" case="first-letter">'
        f"{CATEGORY_NAMESPACE.rstrip(':')}</namespace>\n"
        "    </namespaces>\n  </siteinfo>\n"
    )
    for number, page in enumerate(edition.pages, 1):
        yield _page(edition, page, number)
    yield "</mediawiki>\n"


def _page(edition: Edition, page: WikiPage, number: int) -> str:
    moment = f"{edition.snapshot.date or _UNDATED}T00:00:00Z"
    data = page.text.encode("utf-8")
    digest = base36(hashlib.sha1(data).hexdigest())  # noqa: S324 - the format's own, no secret
    comment = f"{edition.snapshot.commit[:12] or 'sans-git'} {edition.snapshot.corpus} · {page.id}"
    return (
        f"  <page>\n    <title>{escape(page.title)}</title>\n"
        f"    <ns>{_namespace(page.title)}</ns>\n    <id>{number}</id>\n"
        f"    <revision>\n      <id>{number}</id>\n"
        f"      <timestamp>{moment}</timestamp>\n"
        "      <contributor>\n        <username>Loosbot</username>\n        <id>0</id>\n"
        f"      </contributor>\n      <comment>{escape(comment)}</comment>\n"
        f"      <origin>{number}</origin>\n      <model>wikitext</model>\n"
        "      <format>text/x-wiki</format>\n"
        f'      <text bytes="{len(data)}" sha1="{digest}" xml:space="preserve">'
        f"{escape(page.text)}</text>\n"
        f"      <sha1>{digest}</sha1>\n    </revision>\n  </page>\n"
    )


def _namespace(title: str) -> int:
    if title.startswith(TEMPLATE_NAMESPACE):
        return _TEMPLATE
    return _CATEGORY if title.startswith(CATEGORY_NAMESPACE) else _MAIN


def base36(hexadecimal: str) -> str:
    """A SHA-1 as MediaWiki's exports have it."""
    number, digits = int(hexadecimal, 16), ""
    while number:
        number, rest = divmod(number, len(_PAIRS))
        digits = _PAIRS[rest] + digits
    return digits[-_SHA1_BASE_36:].rjust(_SHA1_BASE_36, "0")
