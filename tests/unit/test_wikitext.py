"""Text into wikitext and back: the rules of each context, case by case."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.decoding import FORBIDDEN
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.links import (
    category,
    external_link,
    external_target,
    heading,
    link,
    preformatted,
    tracking_category,
)
from loosbot.wikitext.plaintext import decode

EVERYWHERE = [
    # amp
    ("&eacute;", "&amp;eacute;"),
    ("&#38; &#x26;", "&amp;#38; &amp;#x26;"),
    ("&é;", "&amp;é;"),
    ("R&D a=b&c=d &nbsp &;", "R&D a=b&c=d &nbsp &;"),
    # lt
    ("<script>", "&lt;script>"),
    ("</ref> <!-- -->", "&lt;/ref> &lt;!-- -->"),
    ("a < b <3 -> <-", "a < b <3 -> <-"),
    # lb2, lc2, apos
    ("[[Fichier:A", "[&#91;Fichier:A"),
    ("[x] [", "[x] ["),
    ("l'été d'hier", "l'été d'hier"),
    ("''x'''", "'&#39;x'&#39;&#39;"),
    # magic words and signatures
    ("__NOTOC__", "_&#95;NOTOC__"),
    ("__été", "_&#95;été"),
    ("mon_fichier __ x", "mon_fichier __ x"),
    # edge
    (" x ", "&#32;x&#32;"),
    ("\tx", "&#9;x"),
    ("  x", "&#32; x"),
    # raw, though MediaWiki gives some a meaning elsewhere
    ("ISBN 123, javascript:x, a = b ; c : d # e * f !", None),
    ("50 % « oui » — déjà…", None),
]
INLINE = [
    Context.PROSE,
    Context.REF,
    Context.PARAM,
    Context.PARAM_BLOCK,
    Context.LIST_ITEM,
    Context.HEADING,
    Context.LINK_LABEL,
    Context.EXTERNAL_LABEL,
    Context.CELL,
    Context.HEADER_CELL,
    Context.CAPTION,
]


@pytest.mark.parametrize("context", INLINE)
@pytest.mark.parametrize(("text", "wikitext"), EVERYWHERE)
def test_the_rules_of_every_context(context: Context, text: str, wikitext: str | None) -> None:
    expected = text if wikitext is None else wikitext
    if context is Context.EXTERNAL_LABEL:
        expected = expected.replace("]", "&#93;")
    assert encode(text, context) == expected


@pytest.mark.parametrize(
    ("context", "text", "wikitext"),
    [
        # braces: `}` and `-{` matter to what is inside a template only
        (Context.PROSE, "{{x}} {{{", "{&#123;x}} {&#123;&#123;"),
        (Context.PARAM, "{{x}} y", "{&#123;x&#125;} y"),
        (Context.CELL, "25 m{", "25 m&#123;"),
        (Context.PARAM, "a}", "a&#125;"),
        (Context.PARAM, "-{a", "-&#123;a"),
        (Context.PROSE, "-{a", "-{a"),
        # tildes
        (Context.PROSE, "~~~~~ ~~", "~~&#126;~~ ~~"),
        (Context.PARAM, "~~~~", "~~&#126;~"),
        (Context.REF, "~~~~", "~~~~"),
        # line starts
        (Context.PROSE, "* a", "&#42; a"),
        (Context.PROSE, "#REDIRECT", "&#35;REDIRECT"),
        (Context.PROSE, ": a\n; b", "&#58; a<br>\n&#59; b"),
        (Context.PROSE, "= a =", "&#61; a ="),
        (Context.PROSE, "{| x", "&#123;| x"),
        (Context.PROSE, "-----", "&#45;----"),
        (Context.PROSE, "- a\n--- b", "- a<br>\n--- b"),
        (Context.PROSE, "| a\n! b", "| a<br>\n! b"),
        (Context.PARAM, "* a\n* b", "&#42; a<br>* b"),
        (Context.PARAM_BLOCK, "* a\n* b", "&#42; a<br>\n&#42; b"),
        (Context.PARAM, "! a", "&#33; a"),
        (Context.LIST_ITEM, "* a", "* a"),
        (Context.CELL, "- a", "- a"),
        (Context.HEADING, "= a =", "= a ="),
        # newlines
        (Context.PROSE, "a\nb", "a<br>\nb"),
        (Context.PROSE, "a\n\nb", "a\n\nb"),
        (Context.PROSE, "a\n\n\nb", "a<br>\n<br>\n<br>\nb"),
        (Context.PROSE, "a\n", "a<br>"),
        (Context.PROSE, "\n\na", "<br>\n<br>\na"),
        (Context.REF, "a\n\nb", "a<br><br>b"),
        (Context.PARAM, "a\n\nb", "a<br><br>b"),
        (Context.CELL, "a\nb", "a<br>b"),
        (Context.LINK_LABEL, "a\nb", "a<br>b"),
        (Context.HEADING, "a\nb", "a b"),
        # pipes
        (Context.PROSE, "a|b", "a|b"),
        (Context.PARAM, "a|b", "a&#124;b"),
        (Context.CELL, "a||b", "a&#124;&#124;b"),
        (Context.LINK_LABEL, "a|b", "a&#124;b"),
        # header rows
        (Context.HEADER_CELL, "Bravo !!", "Bravo !&#33;"),
        (Context.CELL, "Bravo !!", "Bravo !!"),
        (Context.PARAM, "Bravo !!", "Bravo !&#33;"),
        (Context.PROSE, "Bravo !!", "Bravo !!"),
        # labels
        (Context.LINK_LABEL, "a]b", "a]b"),
        (Context.LINK_LABEL, "[a]", "[a&#93;"),
        (Context.LINK_LABEL, "a]]b", "a&#93;]b"),
        (Context.EXTERNAL_LABEL, "a]b", "a&#93;b"),
        (Context.EXTERNAL_LABEL, "\u00a0a", "&#160;a"),
        (Context.EXTERNAL_LABEL, " ", "&#32;"),
        # verbatim
        (Context.PRE, "<b> {{x}} ~~~~ | [[y]] &amp;", "<b> {{x}} ~~~~ | [[y]] &amp;amp;"),
        (Context.PRE, "</pre><nowiki></NOWIKI>", "&lt;/pre>&lt;nowiki>&lt;/NOWIKI>"),
        (Context.PRE, "<!-- a", "&lt;!-- a"),
        (Context.PRE, "a ? b : c", "a&#32;? b&#32;: c"),
        (Context.PRE, "« a » ?x", "«&#32;a&#32;» ?x"),
        # sort keys
        (Context.SORT_KEY, " loos:recit/a ", "loos:recit/a"),
        (Context.SORT_KEY, "a\nb ]]", "a b &#93;&#93;"),
    ],
)
def test_the_rules_of_one_context(context: Context, text: str, wikitext: str) -> None:
    assert encode(text, context) == wikitext


@pytest.mark.parametrize(
    ("text", "wikitext"),
    [
        ("https://a.fr/b?c=d&e=f#g, et", None),
        ("l'URL https://a.fr/l'eau", None),
        ("http://a.fr/é", "http&#58;//a.fr/é"),
        ("http://a.fr|b", "http&#58;//a.fr|b"),
        ("http://a.fr/&copy;", "http&#58;//a.fr/&amp;copy;"),
        ("http://http://|", "http&#58;//http&#58;//|"),
        ("http://[::1]/a|b", "http&#58;//[::1]/a|b"),
        ("HTTP://a.fr/''", "HTTP&#58;//a.fr/'&#39;"),
        ("mailto:a@b.fr », tel: 03", None),
        ("hôtel:é xhttp://é", None),
        ("[https://a.fr b]", "&#91;https://a.fr b]"),
        ("[//a.fr b]", "&#91;//a.fr b]"),
        ("https://a.fr/&lt", None),
    ],
)
def test_a_bare_url_stays_raw_only_where_its_text_is_safe(text: str, wikitext: str | None) -> None:
    assert encode(text, Context.PROSE) == (text if wikitext is None else wikitext)


def test_a_label_holds_any_url() -> None:
    assert encode("http://é|", Context.LINK_LABEL) == "http://é&#124;"


def test_a_comment_cannot_hold_its_own_end() -> None:
    assert encode("a {{b}} -- c", Context.COMMENT) == "a {{b}} -- c"
    with pytest.raises(ValueError, match="-->"):
        encode("a --> b", Context.COMMENT)


@pytest.mark.parametrize(
    ("parts", "wikitext"),
    [
        (["l'", Markup("''"), "eau", Markup("''")], "l&#39;''eau''"),
        ([Markup("''"), "'a'", Markup("''"), "'b"], "''&#39;a&#39;''&#39;b"),
        (["a [", Markup("[[X]]"), "] b"], "a &#91;[[X]]] b"),
        (["[", Markup("https://a.fr"), "]"], "&#91;https://a.fr]"),
        ([Markup("''"), "* a", Markup("''"), "\n* b"], "''* a''<br>\n&#42; b"),
        (["{", "{x", Markup("<br>"), "{y"], "{&#123;x<br>{y"),
        (["http://a.fr", Markup("'''"), "é", Markup("'''")], "http://a.fr'''é'''"),
        (["a\x01b", Markup("[[X]]")], "a\ufffdb[[X]]"),
        ([], ""),
    ],
)
def test_text_around_markup(parts: list[str], wikitext: str) -> None:
    assert compose(parts, Context.PROSE) == wikitext


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", None),
        ("tab\t, fin\r\n, é 😀 \u00a0\u2028\ufeff\ufffd\ue000", None),
        ("ab\x00", 2),
        ("\x0b", 0),
        ("a\x0c", 1),
        ("a\x7f", 1),
        ("\x85", 0),
        ("é\x9f", 1),
        ("\ufffe", 0),
        ("\uffff", 0),
        ("\ud800", 0),
    ],
)
def test_what_no_page_can_hold_is_refused(text: str, index: int | None) -> None:
    match = FORBIDDEN.search(text)
    assert (match.start() if match else None) == index


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("caf&eacute; &#233; &#xE9;", "café é é"),
        ("a<br/>b<br />\nc<BR>d", "a\nb\nc\nd"),
        ("a\nb", "a b"),
        ("a\n\n\nb", "a\n\nb"),
        ("&nbsp", "&nbsp"),
        ("&#128; &#1; &#55296; &#99999999999;", "&#128; &#1; &#55296; &#99999999999;"),
        ("&inconnu; &amp;eacute;", "&inconnu; &eacute;"),
        ("&#0000233;", "é"),
        ("&רלמ;", "\u200f"),
    ],
)
def test_decoding_what_people_type(wikitext: str, text: str) -> None:
    assert decode(wikitext, Context.PROSE) == text


_SIGNS = [
    *"[]{}|<>&;#'~_*:=-! \t\n/«»?%",
    "http://", "[[", "]]", "{{", "}}", "''", "~~~~", "&amp;", "&#39;", "__NOTOC__", "<br>", "\n\n",
    "<br>\n", "</pre>", "é", "a",
]  # fmt: skip
_TEXTS = (
    st.lists(st.one_of(st.sampled_from(_SIGNS), st.characters(codec="utf-8")), max_size=25)
    .map(lambda parts: unicodedata.normalize("NFC", "".join(parts).replace("\r", "\n")))
    .filter(lambda text: not FORBIDDEN.search(text))
)


@settings(max_examples=150, deadline=None)
@given(text=_TEXTS)
def test_decoding_is_the_exact_inverse(text: str) -> None:
    for context in Context:
        expected = text
        if context in (Context.HEADING, Context.SORT_KEY):
            expected = text.replace("\n", " ")
        if context is Context.SORT_KEY:
            expected = expected.strip()
        if context is Context.COMMENT and "-->" in text:
            continue
        wikitext = encode(expected, context)
        assert decode(wikitext, context) == expected, context


def test_internal_links_are_encoded() -> None:
    assert link("Chemins ruraux") == "[[Chemins ruraux]]"
    assert link("Chemins ruraux", "les chemins") == "[[Chemins ruraux|les chemins]]"
    assert link("A", "b", "Suivi [2]") == "[[A#Suivi _2_|b]]"
    assert link("Catégorie:Voirie", "voirie") == "[[:Catégorie:Voirie|voirie]]"
    assert link("Fichier:A.png") == "[[:Fichier:A.png|Fichier:A.png]]"
    assert link("A''b") == "[[A''b|A'&#39;b]]"


def test_external_links_are_encoded() -> None:
    assert external_link("https://a.fr/b", "le [b]") == "[https://a.fr/b le [b&#93;]"
    assert external_link("https://a.fr", "") == "[https://a.fr https://a.fr]"
    assert external_link("mailto:mairie@loos.fr", "écrire") == "[mailto:mairie@loos.fr écrire]"
    assert external_target("https://a.fr/é|{}''\"<> ") == "https://a.fr/é%7C%7B%7D'%27%22%3C%3E"
    assert external_target("https://a.fr/?a=1&copy;=2") == "https://a.fr/?a=1&amp;copy;=2"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.fr", "//a.fr", "data:x", "http://", "https:///a", ""]
)
def test_another_scheme_is_no_link(url: str) -> None:
    assert external_target(url) is None
    assert external_link(url, "a|b", Context.CELL) == "a&#124;b"


def test_categories_headings_and_preformatted_text() -> None:
    assert category("Fifty-fifty", "ecole") == "[[Catégorie:Fifty-fifty|ecole]]"
    assert tracking_category("Suivi", "loos:fifty-fifty/a") == (
        "[[Catégorie:Suivi|&#108;oos:&#102;ifty-&#102;ifty/&#97;]]"
    )
    assert category("Voirie") == "[[Catégorie:Voirie]]"
    assert heading(2, "Le = fil") == "== Le = fil =="
    assert heading(9, "a") == "====== a ======"
    assert preformatted("\na") == "<pre>\n\na</pre>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["http://" * 30_000 + "|", "[" * 200_000, "&" + "a" * 200_000, "'" * 200_000, "\n" * 200_000],
)
def test_a_long_text_takes_no_more_than_its_length(text: str) -> None:
    assert decode(encode(text, Context.PROSE), Context.PROSE) == text
