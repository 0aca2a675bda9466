const words = document.getElementById('mots'), severity = document.getElementById('gravite');
const rows = [...document.querySelectorAll('#manques tbody tr')];
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const texts = rows.map(row => fold(row.textContent));
function show() {
  const wanted = fold(words.value).split(/\s+/);
  let count = 0;
  rows.forEach((row, rank) => {
    row.hidden = !wanted.every(word => texts[rank].includes(word)) ||
      (severity.value && row.dataset.gravite !== severity.value);
    count += !row.hidden;
  });
  document.getElementById('compte').textContent =
    `${count} ${count > 1 ? 'lignes' : 'ligne'} sur ${rows.length}`;
}
words.addEventListener('input', show);
severity.addEventListener('change', show);
document.getElementById('filtre').hidden = false;
show();
