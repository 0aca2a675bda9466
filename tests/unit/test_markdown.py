"""Markdown into wikitext: one form for each construct, and nothing typed is ever lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.canonical import canonical
from loosbot.html.markdown import markdown_html
from loosbot.wikitext.blockparser import DEEPEST_BLOCK
from loosbot.wikitext.markdown import (
    LONGEST_PARAGRAPH,
    MarkdownRenderer,
    markdown_to_wikitext,
)
from loosbot.wikitext.wikiinline import Target

PAGES = {
    "fifty-fifty/chemins-ruraux": Target("Chemins ruraux"),
    "../lieu/rivelaine.yaml": Target("La Rivelaine", label="Rivelaine"),
    "methode.md#suivi": Target("Méthode", fragment="Suivi"),
    "index/voirie": Target("Catégorie:Voirie"),
}


def wikitext(source: str, level: int = 1) -> str:
    return markdown_to_wikitext(source, level=level, resolve=PAGES.get)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("  \n\n ", ""),
        # paragraphs
        ("un\ndeux\n\n\ntrois", "un deux\n\ntrois"),
        ("un  \ndeux", "un<br>\ndeux"),
        ("**un  \ndeux**", "'''un<br>deux'''"),
        # bold, italic, code
        ("**b** *i* ***bi***", "'''b''' ''i'' '''''bi'''''"),
        ("*a **b***", "''a '''b'''''"),
        ("*a***b**", "''a'''''b'''"),
        ("**a** **b**", "'''a''' '''b'''"),
        ("l'*eau*, *d'*'ici", "l&#39;''eau'', ''d&#39;''&#39;ici"),
        ("`a | b ''c''` et `` ` ``", "<code>a | b '&#39;c'&#39;</code> et <code>`</code>"),
        ("`&lt;b>`", "<code>&amp;lt;b></code>"),
        # headings
        ("# Un *deux*\ntexte", "== Un ''deux'' ==\ntexte"),
        ("### Trois\n\ntexte\n\n# Un", "==== Trois ====\ntexte\n\n== Un =="),
        ("## = a = `b`", "=== = a = <code>b</code> ==="),
        # lists
        ("- a\n- b\n    - c\n        1. d\n- e", "* a\n* b\n** c\n**# d\n* e"),
        ("1. a\n2. b\n    * c", "# a\n# b\n#* c"),
        ("- a\n\n- b", "* a\n* b"),
        ("- a\n\n    b", "* a<br><br>b"),
        ("- a  \n  b", "* a<br>b"),
        ("- a\n\n      code\n        deux\n\n- b",
         '* a<code style="white-space:pre-wrap">code<br>&#32; deux</code>\n* b'),
        ("- a\n\n    > q\n\n- b", "* a<blockquote>q</blockquote>\n* b"),
        ("- a\n    - b\n\n    c", "* a<ul><li>b</li></ul>c"),
        ("2018. Une année", '<ol start="2018"><li>Une année</li></ol>'),
        ("- # t", "* '''t'''"),
        # quotes, code, rules
        ("> a\n>\n> - b\n>\n> # c", "<blockquote>\na\n\n* b\n\n'''c'''\n</blockquote>"),
        ("    a <b> ? &amp;\n      {{c}}", "<pre>\na <b>&#32;? &amp;amp;\n  {{c}}</pre>"),
        ("a\n\n---\n\nb", "a\n\n----\n\nb"),
        # titles, lists, tables, fences and quotes that follow a sentence directly
        ("a\n---\nb", "=== a ===\nb"),
        ("titre\nsuite\n=====", "== titre suite =="),
        ("# Choeur en fa#\n\n# a ##", "== Choeur en fa# ==\n== a =="),
        ("Le budget :\n- un\n- deux", "Le budget :\n\n* un\n* deux"),
        ("Il a fallu :\n1. un\n2. deux", "Il a fallu :\n\n# un\n# deux"),
        ("Nous étions en\n2018. Puis\nvoilà", "Nous étions en 2018. Puis voilà"),
        ("Il dit :\n> oui", "Il dit :\n\n<blockquote>\noui\n</blockquote>"),
        ("Voici :\n```yaml\na: b\n  c: d\n```\nfin",
         "Voici :\n\n<pre>\na: b\n  c: d</pre>\n\nfin"),
        ("a\n\n~~~~\n\nb\n- c", "a\n\n~~&#126;~\n\nb\n\n* c"),
        ("~~~\n```\n\n\tb\n~~~", "<pre>\n```\n\n\tb</pre>"),
        ("- a\n  ```\n  b\n    c\n  ```\n- d",
         '* a<code style="white-space:pre-wrap">b<br>&#32; c</code>\n* d'),
        # nesting by the column of what is in the item above
        ("- a\n  - b\n    - c\n- d", "* a\n** b\n*** c\n* d"),
        ("1. a\n   - b\n   - c\n2. d", "# a\n#* b\n#* c\n# d"),
        ("- a\n\t- b\n\t\t1) c", "* a\n** b\n**# c"),
        ("- a\n\n* b\n\n1) c\n\n1. d", "* a\n\n* b\n\n# c\n\n# d"),
        ("- a\n    - b\n    * c", "* a<ul><li>b</li></ul>\n** c"),
        # underscores, hard breaks, references, the two tags
        ("_i_ __b__ mon_fichier_a", "''i'' '''b''' mon_fichier_a"),
        ("un\\\ndeux", "un<br>\ndeux"),
        ("[a][1], [b][], [B]\n\n[1]: https://a.fr\n[b]: <https://b.fr> 'x'",
         "[https://a.fr a], [https://b.fr b], [https://b.fr B]"),
        ("1<sup>er</sup>, m<sup>2</sup>, CO<sub>2</sub>",
         "1<sup>er</sup>, m<sup>2</sup>, CO<sub>2</sub>"),
        ("\\<sup>a</sup> <sup class=\"a\">b</sup> <sup>c",
         "&lt;sup>a&lt;/sup> &lt;sup class=\"a\">b&lt;/sup> &lt;sup>c"),
        # links
        ("[ici](fifty-fifty/chemins-ruraux)", "[[Chemins ruraux|ici]]"),
        ("[Chemins ruraux](fifty-fifty/chemins-ruraux)", "[[Chemins ruraux]]"),
        ("[](../lieu/rivelaine.yaml)", "[[La Rivelaine|Rivelaine]]"),
        ("[*ici* [1]](methode.md#suivi)", "[[Méthode#Suivi|''ici'' [1&#93;]]"),
        ("[voir](index/voirie)", "[[:Catégorie:Voirie|voir]]"),
        ('[a](https://a.fr/x_(y) "titre")', "[https://a.fr/x_(y) a]"),
        ("[a](<https://a.fr/b c>)", "[https://a.fr/b%20c a]"),
        ("<https://a.fr>, <https://a.fr/|>", "https://a.fr, [https://a.fr/%7C https://a.fr/&#124;]"),
        ("x<https://a.fr>y", "x[https://a.fr https://a.fr]y"),
        ("<mairie@loos.fr>", "[mailto:mairie@loos.fr mairie@loos.fr]"),
        ("[a](recit/inconnu) [b](javascript:alert(1))", "a b"),
        ("![un **plan**](plan.png)", "un **plan**"),
        ("[[a](fifty-fifty/chemins-ruraux)", "&#91;[[Chemins ruraux|a]]"),
        # tables
        (
            "| Qui | Quoi | € |\n|---|:-:|--:|\n| a | `b|c` | 1 |\n| [d](x) | | 2 | 3 |",
            '<div style="overflow-x:auto" tabindex="0" role="region" aria-label="&#84;ableau">\n'
            '{| class="wikitable"\n|-\n! scope="col" | Qui\n'
            '! scope="col" style="text-align:center" | Quoi\n'
            '! scope="col" style="text-align:right" | €\n|-\n| a\n'
            '| style="text-align:center" | <code>b&#124;c</code>\n'
            '| style="text-align:right" | 1\n|-\n| d\n| style="text-align:center" |\n'
            '| style="text-align:right" | 2 &#124; 3\n|}\n</div>',
        ),
        (
            "- x\n\n    | a!! | b |\n    |---|---|\n    | c | d |",
            '* x<table class="wikitable"><tr><th scope="col">a!!</th><th scope="col">b</th></tr>'
            "<tr><td>c</td><td>d</td></tr></table>",
        ),
        # notes
        ("a[^1].\n\n[^1]: Une *note*.\n\n    - b", "a<ref>Une ''note''.<ul><li>b</li></ul></ref>."),
        ("a[^1]\n\n[^1]: * b", "a<ref><ul><li>b</li></ul></ref>"),
        ("a[^x]", "a[^x]"),
        ("a\n\n[^1]: oubliée", "a\n\n[^1]: oubliée"),
        ("a[^1]\n\n[^1]: un\n\n[^1]: deux", "a<ref>un<br><br>deux</ref>"),
        ("a[^1]\n\n[^1]: vois [^1] et [^2]\n\n[^2]: b", "a<ref>vois [^1] et [^2]</ref>\n\n[^2]: b"),
        ("[^a]: [^b]: x", "[^a]: [^b]: x"),
        ("a[^1]\n\n[^1]:\n    | b[^1] | c |\n    |---|---|\n    | d | e |",
         'a<ref><table class="wikitable"><tr><th scope="col">b[^1]</th><th scope="col">c</th></tr>'
         "<tr><td>d</td><td>e</td></tr></table></ref>"),
        ("[^1]: a ~~~~ [^1]", "[^1]: a ~~&#126;~ [^1]"),
    ],
)  # fmt: skip
def test_each_construct_has_its_wikitext(source: str, expected: str) -> None:
    assert wikitext(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<div>\n*a*\n</div>", "&lt;div> ''a'' &lt;/div>"),
        ("a<br>b <!-- c -->", "a&lt;br>b &lt;!-- c -->"),
        ("&nbsp;&eacute; AT&T", "&amp;nbsp;&amp;eacute; AT&T"),
        ("{{x|y}} [[z]] ~~~~", "{&#123;x|y}} [&#91;z]] ~~&#126;~"),
        ("__NOTOC__ et mon_fichier_a", "_&#95;NOTOC__ et mon_fichier_a"),
        ("\\* a\n\n\\# b", "&#42; a\n\n&#35; b"),
        (":a\n\n;b\n\n=c=\n\n{|d\n\n#e", "&#58;a\n\n&#59;b\n\n&#61;c=\n\n&#123;|d\n\n== e =="),
        ("[Maire]: oui", "[Maire]: oui"),
        ("[a][b]\n\n[c]: http://a.fr", "[a][b]\n\n[c]: http://a.fr"),
        ("#5 en tête", "&#35;5 en tête"),
        ("a | b !! c", "a | b !! c"),
        ("https://a.fr/b_c_d et l'été", "https://a.fr/b_c_d et l'été"),
        ("C:\\dossier\\fichier", "C:\\dossier\\fichier"),
    ],
)
def test_what_the_guide_does_not_document_is_text(source: str, expected: str) -> None:
    assert wikitext(source) == expected


def test_headings_go_under_the_heading_above() -> None:
    written = wikitext("# a\n\n## b\n\n###### c\n\nd", level=3)
    assert written == "==== a ====\n===== b =====\n====== c ======\nd"


def test_a_note_cited_twice_is_written_once() -> None:
    written = wikitext("a[^1] b[^1] c[^1]\n\n[^1]: Le texte.")
    first, name = written.split('"')[0], written.split('"')[1]
    assert first == "a<ref name="
    assert written == (
        f'a<ref name="{name}">Le texte.</ref> b<ref name="{name}" /> c<ref name="{name}" />'
    )
    assert not name.isdigit()
    other = wikitext("x[^1] y[^1]\n\n[^1]: Un autre texte.")
    assert name not in other


def test_plain_text_has_no_markup_and_no_notes() -> None:
    source = (
        "# Le *titre*\n\nDu **gras**, `a < b`, [un lien](x) ![une image](y)[^1].  \nSuite\nfin\n\n"
        "- a\n- b\n    - c\n\n| d | e |\n|---|---|\n| f | g |\n\n    code\n      deux\n\n[^1]: note"
    )
    assert MarkdownRenderer().plain_text(source) == (
        "Le titre\n\nDu gras, a < b, un lien une image.\nSuite fin\n\na\n\nb\n\nc\n\n"
        "d · e\n\nf · g\n\ncode\n  deux"
    )
    assert MarkdownRenderer().plain_text("\n ") == ""


def test_a_renderer_keeps_nothing_of_the_text_before() -> None:
    renderer = MarkdownRenderer()
    written = renderer.to_wikitext("a[^1]\n\n[^1]: n", level=1, resolve=PAGES.get)
    assert written == "a<ref>n</ref>"
    assert renderer.to_wikitext("b[^1]", level=1, resolve=PAGES.get) == "b[^1]"
    assert renderer.plain_text("c") == "c"


def test_what_is_too_long_or_too_deep_is_shown_as_typed() -> None:
    long = "a **b** " * LONGEST_PARAGRAPH
    assert wikitext(long) == long.strip()
    deep = wikitext("> " * (DEEPEST_BLOCK + 5) + "fin")
    assert deep.count("<blockquote>") == DEEPEST_BLOCK
    assert "<blockquote>\n> > > > > fin\n</blockquote>" in deep


@pytest.mark.parametrize(
    "unit",
    ["[", "[a](", "![", "[[a]", "*a **b ", "***", "`a", "<a@b ", "> ", "- ", "1. - > ", "\\*",
     "`a` ", "[a](b) ", "(", "|a", "[^1]", "~", "#", "  \n", "{{", "_a", " ", "<!--", "[](a '"],
)  # fmt: skip
def test_no_text_takes_for_ever(unit: str) -> None:
    source = unit * (200_000 // len(unit))
    start = time.process_time()
    wikitext(source)
    assert time.process_time() - start < 2


_SIGNS = [
    *"*_`[]()<>#|\\-+=~'\"! \n&;:^{}/.",
    *(
        "**",
        "***",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\n    ",
        "  \n",
        "](a)",
        "![",
        "[^1]",
        "http://",
    ),
    *("<b>", "</b>", "&eacute;", "\n# ", "\n---\n", "| a | b |\n|---|---|\n", "a", "mot", "é"),
]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(parts=st.lists(st.sampled_from(_SIGNS), max_size=30))
def test_words_survive_whatever_signs_surround_them(parts: list[str]) -> None:
    source = "".join(f"{part}mot{index}" for index, part in enumerate(parts))
    written = wikitext(source)
    seen = MarkdownRenderer().plain_text(source)
    for index, part in enumerate(parts):
        # what is between a link's parentheses is not shown
        if "(" not in source and "[^" not in source:
            assert f"mot{index}" in written, part
            assert f"mot{index}" in seen, part


_PROSE = [
    *"aÉz19  ,.;:?!'\"«»()-–—…/%€°_*",
    *("RFC 12", "ISBN 1234567890", "'' ", "http", "\na", "\n\né", " \na", "\n\n\nb"),
    *("news:", "\n\n[…]"),
]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(_PROSE), max_size=25))
def test_mere_prose_is_written_as_the_whole_engine_does(parts: list[str]) -> None:
    source = canonical("a" + "".join(parts))
    # a rule under the text takes the way through the engine
    assert wikitext(f"{source}\n\n---") == f"{wikitext(source)}\n\n----"
    plain_text = MarkdownRenderer().plain_text
    assert plain_text(f"{source}\n") == plain_text(f"{source}\n\n---").rstrip("\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a*[x](nulle-part)**b*c", "a''x**b''c"),
        ("a*[x](nulle-part)** `b`*c", "a''x** <code>b</code>''c"),
        ("**a *b***", "'''a ''b'''''"),
        ("*a **b** c*", "''a '''b''' c''"),
        ("***a** b*", "'''''a''' b''"),
        ("***a* b**", "'''''a'' b'''"),
        ("2 * 3 * 4, *a * b*", "2 * 3 * 4, ''a * b''"),
        ("**a** **b**", "'''a''' '''b'''"),
        ("*a **b*", "&#42;a *''b''"),
    ],
)
def test_asterisks_are_paired_and_none_is_lost(source: str, expected: str) -> None:
    assert wikitext(source) == expected


def test_words_stay_apart_and_empty_items_stay() -> None:
    assert wikitext("- a\n\n    # t\n\n    b") == "* a<br><br>'''t'''<br><br>b"
    assert wikitext("- a\n- \n- b") == "* a\n* &nbsp;\n* b"
    assert wikitext("| a |\n|---|") == (
        '<div style="overflow-x:auto" tabindex="0" role="region" aria-label="&#84;ableau">\n'
        '{| class="wikitable"\n|-\n! scope="col" | a\n|}\n</div>'
    )
    assert wikitext("{<https://a.fr>") == "{https://a.fr"


def test_a_mark_in_the_label_of_a_link_is_text_and_counts_for_nothing() -> None:
    source = "mot[^1] [là[^1]](index/voirie)\n\n[^1]: dit en 2018"

    assert wikitext(source) == "mot<ref>dit en 2018</ref> [[:Catégorie:Voirie|là[^1&#93;]]"


def test_the_tags_that_markdown_has_no_sign_for_are_tags_on_the_site_too() -> None:
    text = "<u>a</u> <s>b</s> <small>c</small> 1<sup>d</sup> <big>e</big>"
    shown = markdown_html(
        MarkdownRenderer().parse(text), level=2, resolve=lambda _: None, prefix="1"
    )
    assert shown == f"<p>{text.replace('<big>e</big>', '&lt;big&gt;e&lt;/big&gt;')}</p>"
