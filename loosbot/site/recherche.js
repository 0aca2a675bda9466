'use strict';
// All the words are in index-de-recherche.js: a page opened from a disk may fetch nothing.
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
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
  /[^s]s$/.test(word) ? `${word.slice(0, -1)}(s|(?![\\p{L}\\p{N}]))` : word;
const starting = word => new RegExp(`(?<![\\p{L}\\p{N}])${stem(word)}`, 'u');
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
  const words = fold(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(starting);
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
