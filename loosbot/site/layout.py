"""One page of the folder: its head, its way to search, its foot. And the style of all."""

from __future__ import annotations

import posixpath
import re
from html import escape

from loosbot import htmlhead
from loosbot.corpus.dates import display
from loosbot.frozen import dataclass
from loosbot.html.typography import typeset

SEARCH = "recherche.html"
STYLE = "style.css"
SCRIPT = "recherche.js"
INDEX = "index-de-recherche.js"
_OPTION = re.compile(r"(?<= )--\S+")
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. ``edition`` is a sentence, "" for what anybody may read."""

    town: str
    day: str
    commit: str
    edition: str

    def page(
        self, path: str, title: str, main: str, *, searches: bool = False, head: str = ""
    ) -> bytes:
        """The file at ``path``; ``searches`` for the page that looks things up; ``head`` is what
        machines read in it."""
        up = posixpath.relpath(".", posixpath.dirname(path) or ".")
        up = "" if up == "." else f"{up}/"
        whole = self.town if path == "index.html" else f"{title} – {self.town}"
        scripts = (
            f'<script src="{up}{INDEX}" defer></script>\n'
            f'<script src="{up}{SCRIPT}" defer></script>\n'
            if searches
            else ""
        )
        # a line that ends between the two hyphens of an option gives nothing to copy
        edition = _OPTION.sub(r"<code>\g<0></code>", typeset(self.edition))
        banner = f'<p class="edition">{edition}</p>\n' if edition else ""
        version = f", version {escape(self.commit[:12])}" if self.commit else ""
        state = f"État du {typeset(display(self.day))}{version}. " if self.day else ""
        style = f'<link rel="stylesheet" href="{up}{STYLE}">\n'
        return (
            htmlhead.head(typeset(whole), _POLICY, style + head + scripts) + "<body>\n"
            f'<a class="saut" href="#contenu">Aller au contenu</a>\n<header>\n{banner}'
            f'<p class="ville"><a href="{up}index.html">{typeset(self.town)}</a></p>\n'
            f"{'' if searches else _form(up)}</header>\n"
            f'<main id="contenu" tabindex="-1">\n{main}\n</main>\n<footer><p>{state}'
            f'<a href="{up}{SEARCH}">Toutes les fiches, de A à Z</a></p></footer>\n'
            "</body>\n</html>\n"
        ).encode()


def _form(up: str) -> str:
    """On every page but the one that has its own."""
    return (
        f'<form role="search" action="{up}{SEARCH}" method="get">'
        '<label for="q">Chercher</label> <input id="q" name="q" type="search" '
        'autocomplete="off"> <button type="submit">Chercher</button></form>\n'
    )


CSS = """\
:root { color-scheme: light dark; --papier: #fff; --encre: #1b1b1b; --doux: #54595d;
  --trait: #c8ccd1; --lien: #0b57a4; --fond: #f4f6f8; --vif: #3c7a2b; }
@media screen and (prefers-color-scheme: dark) { :root { --papier: #14171a; --encre: #e8e6e3;
  --doux: #b5bac0; --trait: #4a5058; --lien: #8fbbe8; --fond: #1f2429; --vif: #8cc47c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 50rem; background: var(--papier);
  color: var(--encre); font: 1.0625rem/1.6 Georgia, 'DejaVu Serif', serif;
  overflow-wrap: break-word; }
header, footer, .genre, .fiche, .qui, form, nav, .edition, small, .sources {
  font-family: system-ui, 'DejaVu Sans', sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center;
  justify-content: space-between; border-bottom: 3px solid var(--vif); padding-bottom: .75rem; }
.ville { margin: 0; font-weight: 700; font-size: 1.125rem; }
.ville a { color: inherit; text-decoration: none; display: inline-block; padding: .25rem 0; }
form { display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: center; }
input, button { font: inherit; font-size: 1rem; padding: .4rem .6rem; min-height: 2.5rem;
  border: 1px solid var(--doux); border-radius: 3px; background: var(--papier);
  color: var(--encre); max-width: 100%; }
form { flex: 0 1 26rem; } input { flex: 1 1 8rem; min-width: 0; }
button { background: var(--fond); cursor: pointer; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
h1 { font-size: 1.9rem; margin: .2rem 0 1rem; } h2 { font-size: 1.35rem; margin: 2.2rem 0 .6rem; }
main > h1:first-child, article > h1:first-child { margin-top: 1.5rem; }
h3 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; } h4, h5, h6 { font-size: 1rem; }
a { color: var(--lien); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--lien); outline-offset: 2px; }
.saut { position: absolute; left: -100vw; } .saut:focus { left: 1rem; background: var(--papier); }
.genre { margin: 1.5rem 0 0; color: var(--doux); font-size: .9375rem; }
.resume { font-size: 1.175em; line-height: 1.55; }
header .edition { flex: 1 0 100%; } .edition code { font: inherit; white-space: nowrap; }
.edition { background: var(--fond); border-left: 4px solid #b36b00; padding: .5rem .75rem;
  margin: 0 0 1rem; font-size: .9375rem; }
.voix { margin: 1.5rem 0; border-left: 4px solid var(--vif); padding-left: 1rem; }
.voix blockquote { margin: 0; font-size: 1.075em; }
.qui { color: var(--doux); font-size: .9375rem; margin: .5rem 0 0; }
dl { margin: 1rem 0; } dl > div { display: flex; flex-wrap: wrap; gap: 0 1rem;
  border-bottom: 1px solid var(--trait); padding: .3rem 0; }
dt { flex: 0 0 11rem; color: var(--doux); } dd { flex: 1 1 14rem; margin: 0; min-width: 0; }
.fiche { background: var(--fond); padding: .5rem 1rem; font-size: .9375rem; }
li { margin: .2rem 0; } small { color: var(--doux); font-size: .875em; }
figure { margin: 1.5rem 0; } img { max-width: 100%; height: auto; background: #fff; }
figcaption { color: var(--doux); font-size: .9375rem; }
.large { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--trait); padding: .35rem .5rem; text-align: left;
  vertical-align: top; } th { background: var(--fond); }
pre { overflow-x: auto; background: var(--fond); padding: .75rem; }
details { margin: 1rem 0; } summary { cursor: pointer; padding: .3rem 0; }
summary h3 { display: inline; }
.lettres a, .liste a { display: inline-block; padding: .2rem 0; }
.lettres a { min-width: 1.75rem; text-align: center; }
.lettres { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
.liste { list-style: none; padding: 0; } .liste li { padding: .3rem 0; }
.liste small { display: block; }
.colonnes { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .2rem 0 .6rem;
  font-size: .9375rem; } .colonnes > div { display: block; border: 0; padding: 0; }
.colonnes dt, .colonnes dd { display: inline; } .colonnes a { display: inline; }
footer { margin-top: 3rem; border-top: 1px solid var(--trait); font-size: .9375rem;
  color: var(--doux); }
[hidden] { display: none; }
@media print { body { max-width: none; font-size: 11pt; } form, .saut, footer a { display: none; }
  h2, h3, h4, h5, h6, summary { break-after: avoid; } .voix, figure, tr { break-inside: avoid; }
  .large { overflow: visible; }
  table:has(tr > :nth-child(6)) :is(th, td) { overflow-wrap: anywhere; }
  figure img { max-height: 23cm; }
  figure + details::details-content { content-visibility: visible; block-size: auto; }
  main a[href^='http']:not(.adresse)::after { content: ' (' attr(href) ')';
    overflow-wrap: anywhere; } }
"""

JAVASCRIPT = """\
'use strict';
// All the words are in index-de-recherche.js: a page opened from a disk may fetch nothing.
const fold = text => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase()
  .replace(/œ/g, 'oe').replace(/[’']/g, ' ');
const field = document.getElementById('cherche');
const list = document.getElementById('trouve');
const count = document.getElementById('compte');
const pages = window.loosbot.map(([address, title, kind, text]) =>
  ({ address, title, kind, text, head: fold(title), body: fold(text), sort: fold(kind) }));
// The beginning of a word is enough. Who types a plural finds the singular too, and no other word
// that begins like it: jardins, jardin; travaux, travail; but voix, and not voirie.
const stem = word => word.length < 4 ? word :
  /(^|[^e])a(il|l|ux)$/.test(word) ? word.replace(/a(il|l|ux)$/, 'a(il|l|u)') :
  /(e|o|ea)ux$/.test(word) ? word.slice(0, -1) :
  /[^s]s$/.test(word) ? `${word.slice(0, -1)}(s|(?![\\\\p{L}\\\\p{N}]))` : word;
const starting = word => new RegExp(`(?<![\\\\p{L}\\\\p{N}])${stem(word)}`, 'u');
function score(page, wanted) {
  let total = 0;
  for (const word of wanted) {
    if (word.test(page.head)) total += 20;
    else if (word.test(page.body) || word.test(page.sort)) total += 1;
    else return 0;
  }
  return total;
}
function extract(page, word) {
  const at = page.body.search(word);
  if (at < 0) return page.text.slice(0, 160);
  const from = Math.max(0, at - 60);
  return (from ? '…' : '') + page.text.slice(from, at + 120) + '…';
}
function show() {
  const words = fold(field.value).split(/[^\\p{L}\\p{N}]+/u).filter(Boolean).map(starting);
  list.textContent = '';
  if (!words.length) { count.textContent = ''; return; }
  const hits = pages.map(page => ({ page, score: score(page, words) })).filter(hit => hit.score)
    .sort((hit, other) => other.score - hit.score ||
      hit.page.head.localeCompare(other.page.head, 'fr'));
  count.textContent = hits.length ?
    `${hits.length} ${hits.length > 1 ? 'pages trouvées' : 'page trouvée'}` :
    'Aucune page. Essayez un seul mot, ou le début d’un mot.';
  for (const { page } of hits.slice(0, 100)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = page.address;
    link.textContent = page.title;
    const words_ = document.createElement('small');
    words_.textContent = `${page.kind} – ${extract(page, words[words.length - 1])}`;
    item.append(link, words_);
    list.append(item);
  }
}
field.value = new URLSearchParams(location.search).get('q') || '';
field.addEventListener('input', show);
document.getElementById('recherche').hidden = false;
document.getElementById('recherche').addEventListener('submit', event => event.preventDefault());
show();
field.focus();
"""
