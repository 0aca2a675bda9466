"""Promise 10 against MediaWiki's own parser: the text it shows is the text it was given.

Each generated text is put in every context of one page, so that one request tries hundreds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wikis import Person, Wiki

from loosbot.canonical import canonical
from loosbot.corpus.decoding import FORBIDDEN
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.links import external_link, heading, link, preformatted
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.wikiinline import Target

pytestmark = pytest.mark.older("the parser")

TEMPLATES = {
    "Essai ligne": '<span class="here">{{{texte}}}</span> <i>{{{suite}}}</i>',
    "Essai si": '{{#if:{{{texte|}}}|<div class="here">{{{texte}}}</div>}} <i>{{{suite}}}</i>',
    "Essai bloc": '<div class="here">\n{{{texte}}}\n</div> <i>{{{suite}}}</i>',
    "Essai cellule": '{|\n|-\n! titre !! class="here" | {{{texte}}} !! <i>{{{suite}}}</i>\n|}',
}
METACHARACTERS = [
    *"[]{}|<>&;#'~_*:=-+!?/\\%»«\"` \t\n",
    *("[[", "]]", "{{", "}}", "{{{", "}}}", "{|", "|-", "|}", "||", "!!", "-{", "}-", "''", "'''"),
    *("~~~~", "__NOTOC__", "__AUCUNSOMMAIRE__", "----", "\n\n", "\n* ", "\n==", "\n ", "\n:"),
    *("http://", "https://a.fr/", "//a.fr", "mailto:", "news:", "tel:", "http://[::1]/", "ISBN "),
    *("&amp;", "&#39;", "&#x41;", "&eacute;", "&nbsp;", "&lt;", "<br>", "<!--", "-->", "<script>"),
    *(
        "<nowiki>",
        "</nowiki>",
        "<pre>",
        "</pre>",
        "<ref>",
        "</ref>",
        "</span>",
        "<td>",
        "<onlyinclude>",
    ),
    *(
        "subst:",
        "Fichier:A.png",
        "Catégorie:",
        "#REDIRECT [[A]]",
        "#invoke:",
        "javascript:x",
        "RFC 1",
    ),
    *("l'été", "é", "œ", "\u00a0", "\u202f", "\u200b", "\u3000", "\u2028", "\ufeff", "😀", "שלום"),
]
FRAGMENTS = st.one_of(
    st.sampled_from(METACHARACTERS),
    st.sampled_from(METACHARACTERS),
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"]), min_size=1, max_size=2),
    st.sampled_from(["a", "mot", "3"]),
)
TEXTS = (
    st.lists(FRAGMENTS, min_size=1, max_size=7)
    .map(lambda fragments: unicodedata.normalize("NFC", "".join(fragments)))
    .filter(lambda text: not FORBIDDEN.search(text))
)
MARKDOWN = [
    *("*", "**", "***", "`", "``", "\\", "  \n", "\n\n", "\n- ", "\n    - ", "\n1. ", "\n3. "),
    *("\n> ", "\n\n    ", "\n\n---\n\n", "\n# ", "\n### ", " | "),
    *("[", "![", "[a](Accueil)", "x](Accueil)", "x](https://a.fr/|'')", "<https://a.fr/b>"),
    *("\n\n| a | b |\n|---|--:|\n| c | ", "mot", "mot", " "),
]
SOURCES = st.lists(st.one_of(TEXTS, st.sampled_from(MARKDOWN)), min_size=1, max_size=14).map(
    lambda parts: canonical("".join(parts))
)
SEARCH = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Way:
    """``write`` puts a text in a page, ``shown`` is what must be read there.

    The text is read from the element with class "here", or from the first ``tag`` in the sample;
    ``tags`` are the only elements that may be in it.
    """

    write: Callable[[str], str]
    tag: str = "here"
    tags: frozenset[str] = frozenset({"br", "a"})
    shown: Callable[[str], str] = str


def call(template: str, context: Context) -> Callable[[str], str]:
    return lambda text: f"{{{{Essai {template}|texte={encode(text, context)}|suite=fin}}}}"


def one_line(text: str) -> str:
    return text.replace("\n", " ")


def inside(before: str, context: Context, after: str) -> Callable[[str], str]:
    return lambda text: before + encode(text, context) + after


WAYS = {
    "prose": Way(inside("", Context.PROSE, ""), "div", frozenset({"p", "br", "a"})),
    "after bold": Way(
        lambda text: compose(
            [Markup("'''"), "x", Markup("'''"), text, link("Accueil", "y")], Context.PROSE
        ),
        "div",
        frozenset({"p", "br", "a", "b"}),
        lambda text: f"x{text}y",
    ),
    "in bold": Way(
        lambda text: compose([Markup("'''"), text, Markup("'''")], Context.LIST_ITEM),
        "div",
        frozenset({"p", "br", "a", "b"}),
    ),
    "item": Way(inside("* a\n* ", Context.LIST_ITEM, "\n* b"), "li"),
    "value": Way(call("ligne", Context.PARAM)),
    "value in a condition": Way(call("si", Context.PARAM)),
    "value in a header row": Way(call("cellule", Context.PARAM)),
    "block value": Way(call("bloc", Context.PARAM_BLOCK), tags=frozenset({"p", "br", "a"})),
    "heading": Way(lambda text: heading(3, text), "h3", frozenset({"a", "span"}), one_line),
    "label": Way(lambda text: link("Accueil", text), "a"),
    "label in a cell": Way(lambda text: f"{{|\n! {link('Accueil', text)} !! b\n|}}", "a"),
    "label in a value": Way(
        lambda text: f"{{{{Essai ligne|texte={link('Accueil', text)}|suite=fin}}}}", "a"
    ),
    "outer label": Way(lambda text: external_link("https://example.org/a", text), "a"),
    "cell": Way(inside("{|\n| ", Context.CELL, " || b\n|}"), "td"),
    "header cell": Way(inside('{|\n! scope="col" | ', Context.HEADER_CELL, " !! b\n|}"), "th"),
    "caption": Way(inside("{|\n|+ ", Context.CAPTION, "\n|-\n| b\n|}"), "caption"),
    "note": Way(
        inside("x<ref>", Context.REF, "</ref><references />"),
        "reference-text",
    ),
    "verbatim": Way(preformatted, "pre", frozenset()),
    "verbatim in a value": Way(
        lambda text: f"{{{{Essai bloc|texte={preformatted(text)}|suite=fin}}}}", "pre", frozenset()
    ),
}
PAGES = {"Accueil": Target("Accueil")}
# An item of the second row of a list has no way to be told from the first by its tag alone.
SKIPPED_ITEMS = {"item": 1}


class Reader(HTMLParser):
    """Collects, for each sample, the text of one element and the tags in it."""

    VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr"})

    def __init__(self, wanted: dict[str, tuple[str, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = wanted
        self.texts: dict[str, str] = {}
        self.tags: dict[str, list[str]] = {}
        self.outside: dict[str, str] = {}
        self._sample = ""
        self._depth = 0
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        identity = attributes.get("id") or ""
        if tag == "div" and identity in self.wanted:
            assert not self._depth, f"a sample swallowed the next one: {self._sample}"
            self._sample, self._skip = identity, self.wanted[identity][1]
            self.outside[identity] = ""
            if self.wanted[identity][0] == "div":
                self._begin()
            return
        if self._depth:
            if tag not in self.VOID:
                self._depth += 1
            self.tags[self._sample].append(tag)
            if tag == "br":
                self.texts[self._sample] += "\n"
            elif tag == "p" and self.texts[self._sample]:
                self.texts[self._sample] += "\n\n"
        elif self._sample and self._sample not in self.texts:
            name = self.wanted[self._sample][0]
            if tag == name or name in (attributes.get("class") or "").split():
                if self._skip:
                    self._skip -= 1
                else:
                    self._begin()

    def _begin(self) -> None:
        self._depth = 1
        self.texts[self._sample] = ""
        self.tags[self._sample] = []

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in self.VOID:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            is_pre = self.wanted[self._sample][0] == "pre"
            self.texts[self._sample] += data if is_pre else data.replace("\n", "")
        elif self._sample:
            self.outside[self._sample] += data


@pytest.fixture(scope="module")
def parser(shared_wiki: Wiki) -> Iterator[Person]:
    """Somebody who may save the templates, and asks for renderings."""
    person = shared_wiki.person()
    for name, text in TEMPLATES.items():
        person.edit(f"Modèle:{name}", text)
    yield person


def rendered(parser: Person, wikitext: str) -> str:
    """The page as it would be after a save; fails when the save would change its source."""
    request = {
        "action": "parse",
        "title": "Essai de texte",
        "contentmodel": "wikitext",
        "text": wikitext,
    }
    stored = parser.call(**request, onlypst=1)["parse"]["text"]
    assert canonical(stored) == canonical(wikitext)
    answer = parser.call(
        **request,
        pst=1,
        prop="text|categories",
        disableeditsection=1,
        disabletoc=1,
        disablelimitreport=1,
    )["parse"]
    strays = [
        category["category"] for category in answer["categories"] if not category.get("hidden")
    ]
    assert strays == []
    page: str = answer["text"]
    return page


def even(text: str) -> str:
    """MediaWiki writes the no-break spaces of French typography by itself."""
    return text.replace("\u00a0", " ")


@SEARCH
@given(texts=st.lists(TEXTS, min_size=1, max_size=25))
def test_every_context_shows_the_text_that_was_given(parser: Person, texts: list[str]) -> None:
    wanted, page, expected = {}, [], {}
    for number, text in enumerate(texts):
        for name, way in WAYS.items():
            key = f"{name}/{number}".replace(" ", "-")
            wanted[key] = (way.tag, SKIPPED_ITEMS.get(name, 0))
            expected[key] = (text, way)
            page.append(f'<div id="{key}">\n{way.write(text)}\n</div>')
    reader = Reader(wanted)
    reader.feed(rendered(parser, "\n".join(page)))
    for key, (text, way) in expected.items():
        source = way.write(text)
        shown = reader.texts.get(key, "(rien)")
        if way.tag == "pre":
            shown = shown.removeprefix("\n")  # no browser shows it
        assert even(shown) == even(way.shown(text)), (key, text, source)
        assert set(reader.tags[key]) <= way.tags, (key, text, source)


@SEARCH
@given(texts=st.lists(SOURCES, min_size=1, max_size=25))
def test_markdown_shows_its_text(parser: Person, texts: list[str]) -> None:
    renderer = MarkdownRenderer()
    wanted, page = {}, []
    for number, text in enumerate(texts):
        wanted[f"md/{number}"] = ("div", 0)
        written = renderer.to_wikitext(text, level=1, resolve=PAGES.get)
        page.append(f'<div id="md/{number}">\n{written}\n</div>')
    reader = Reader(wanted)
    reader.feed(rendered(parser, "\n".join(page)))
    for number, text in enumerate(texts):
        shown = reader.texts[f"md/{number}"]
        assert solid(shown) == solid(renderer.plain_text(text)), (text, page[number])


def solid(text: str) -> str:
    """Without blanks, nor the dots that plain text puts between the cells of a table."""
    return "".join(text.split()).replace("·", "")


def test_markdown_becomes_the_elements_it_means(parser: Person) -> None:
    source = (
        "# Titre\n\nUn **gras *et* italique**, l'*eau*, `code`.  \nSuite[^1], encore[^1].\n\n"
        "- a\n    1. b\n    2. c\n- d\n\n    e\n\n        f\n\n3. g\n\n> h\n>\n> i\n\n"
        "| j | k |\n|---|---|\n| [l](Accueil) | m |\n\n    n\n\n---\n\n[o](https://a.fr)\n\n[^1]: p"
    )
    written = MarkdownRenderer().to_wikitext(source, level=1, resolve=PAGES.get)
    reader = Reader({"md": ("div", 0)})
    reader.feed(rendered(parser, f'<div id="md">\n{written}\n</div>\n<references />'))
    tags = [tag for tag in reader.tags["md"] if tag not in ("span", "tbody", "div")]
    assert " ".join(tags) == (
        "h2 p b i i code br sup a sup a ul li ol li li li br br code ol li blockquote p p "
        "table tr th th tr td a td pre hr p a"
    )
    assert "[2]" not in reader.texts["md"]


def test_a_literal_page_of_all_metacharacters(parser: Person) -> None:
    text = "".join(METACHARACTERS)
    page = "\n".join(
        f'<div id="{name.replace(" ", "-")}">\n{way.write(text)}\n</div>'
        for name, way in WAYS.items()
    )
    reader = Reader(
        {n.replace(" ", "-"): (w.tag, SKIPPED_ITEMS.get(n, 0)) for n, w in WAYS.items()}
    )
    reader.feed(rendered(parser, page))
    for name, way in WAYS.items():
        assert even(reader.texts[name.replace(" ", "-")]) == even(way.shown(text)), name
