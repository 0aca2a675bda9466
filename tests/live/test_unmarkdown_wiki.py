"""What people type on the wiki shows the same once it has been through Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from wikis import Person, Wiki

from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import to_markdown
from loosbot.wikitext.wikiinline import Target

pytestmark = pytest.mark.older("the parser")

TYPED = [
    "<b>gras</b>, <i>italique</i>, <strong>fort</strong>, <em>appuyé</em>",
    "un<br>deux<br />trois<br/>quatre",
    "un<br><br>deux",
    "&eacute;t&#233; &amp; &laquo; hiver &raquo; &#x2013; &inconnue;",
    "*un\n*deux\n**trois\n**#quatre\n* cinq",
    "#un\n#*deux\n# trois",
    "* un\n\n* deux",
    "== Titre ==\n\n\ntexte",
    "==Titre==\ntexte\n===Sous-titre===\n* un",
    "=== a == ",
    "un\ndeux\ntrois\n\n\n\nquatre",
    "[[accueil]], [[Accueil]]s, [[accueil|ici]], [[Accueil#Suite|là]]",
    "de l'''eau'' douce, l'''air''' pur, l'l'''x'''",
    "''un '''deux''' trois'' '''''quatre''' cinq'' '''''six'' sept'''",
    "''un '''deux'' trois'''",
    "'''gras jusqu'au bout\nde la ligne",
    "''un\n''deux",
    "''''quatre'''' ''''''six''''''",
    "''' gras '''ou pas''  ''",
    "''’'''cité'''’''",
    "<nowiki>''x'' [[y]] &amp;</nowiki> ''<nowiki/>''",
    "avant\n* un\n* deux\naprès",
    "avant\n----\naprès",
    "https://example.org/é, http://example.org/a_b. (https://example.org/c)",
    "[https://example.org/x_(y) dehors] [mailto:a@example.org écrire] a@example.org",
    "<code>a b</code> et <code>&lt;b></code>",
    "<pre>\nun  deux\n\n  <trois> ''quatre''\n</pre>",
    "<blockquote>cité</blockquote>",
    "<blockquote>\nun\n\ndeux\n* trois\n</blockquote>\nsuite",
    "<blockquote>* pas une liste\n* une liste</blockquote>",
    "{| class=wikitable\n! a !! b\n|-\n| c || '''d'''\n|-\n| e\n| f\n|}",
    '{| class="wikitable"\n|-\n! scope="col" | a\n|-\n| b\n|}',
    "* a\n* <blockquote>b</blockquote>",
    "* a<ul><li>b</li><li>c</li></ul>d",
    "<ol start=3>\n<li>a</li>\n<li>b</li>\n</ol>",
    "texte<ref>Une ''note''.</ref> et<ref name=n>encore</ref>, toujours<ref name=n />.",
    "* puce avec note<ref>puce</ref>",
    "1. pas une liste\n\n- ni ici\n\n> ni là\n\n[x](y) `z` \\* a*b*c _d_ | ![e](f)",
    "3 * 4 * 5 & 6 < 7 > 2, mon_fichier, C:\\dossier, [1] ]] }} |",
    "a\u00a0: b « c » !\tfin",
]
PAGES = {("Accueil", ""): "accueil", ("Accueil", "Suite"): "accueil#suite"}
TARGETS = {href: Target(*where) for where, href in PAGES.items()}
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "code": "code", "a": "a"}
BLOCKS = frozenset(
    ["h2", "h3", "h4", "ul", "ol", "li", "pre", "blockquote", "table", "tr", "td", "th", "hr"]
)


class Shown(HTMLParser):
    """Per sample, each letter with how it looks, and the blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.samples: list[list[str]] = []
        self._styles: list[str] = []
        self._pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "hr" and attributes.get("class") == "sample":
            self.samples.append([])
        elif tag in STYLES:
            # the anchors of notes follow their names
            where = (attributes.get("href") or "").split("cite_")[0]
            self._styles.append(STYLES[tag] + where)
        elif tag in ("br", "p"):
            self._blank("\n")
        elif tag in BLOCKS and self.samples:
            self._block(f"<{tag}{attributes.get('start') or ''}>")
            self._pre = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES:
            self._styles.pop()
        elif tag in BLOCKS and tag != "hr":
            self._block(f"</{tag}>")
            self._pre = False
        elif tag == "p":
            self._blank("\n")

    def handle_data(self, data: str) -> None:
        if not self.samples:
            return
        for letter in data.replace("\u00a0", " "):
            if letter.isspace() and not self._pre:
                self._blank(" ")
            else:
                styles = " ".join(sorted(set(self._styles)))
                self.samples[-1].append(f"{letter}{{{styles}}}" if styles else letter)

    def _block(self, mark: str) -> None:
        while self.samples[-1] and self.samples[-1][-1] in (" ", "\n"):
            self.samples[-1].pop()
        self.samples[-1].append(mark)

    def _blank(self, blank: str) -> None:
        """Blanks in a row, and behind a block, are none."""
        sample = self.samples[-1] if self.samples else []
        if not sample or sample[-1] == "\n" or (len(sample[-1]) > 1 and sample[-1][0] == "<"):
            return
        if sample[-1] == " ":
            sample.pop()
        sample.append(blank)


def shown(person: Person, samples: list[str]) -> list[str]:
    answer = person.call(
        action="parse",
        title="Essai de saisie",
        contentmodel="wikitext",
        text="".join(f'<hr class="sample">\n{sample}\n\n' for sample in samples),
        prop="text",
        disableeditsection=1,
        disabletoc=1,
        disablelimitreport=1,
    )
    page = Shown()
    page.feed(answer["parse"]["text"])
    assert len(page.samples) == len(samples)
    # two lists with a blank line between are one to every reader
    return ["".join(sample).strip().replace("</ul><ul>", "") for sample in page.samples]


def test_it_shows_the_same_after_markdown(shared_wiki: Wiki) -> None:
    renderer = MarkdownRenderer()
    again = []
    for typed in TYPED:
        source = to_markdown(typed, level=1, link=lambda *where: PAGES.get(where))
        again.append(renderer.to_wikitext(source, level=1, resolve=TARGETS.get))
    person = shared_wiki.person()
    before, after = shown(person, TYPED), shown(person, again)
    different = [
        (typed, rendered, wanted, shown)
        for typed, rendered, wanted, shown in zip(TYPED, again, before, after, strict=True)
        if shown != wanted
    ]
    assert different == []
