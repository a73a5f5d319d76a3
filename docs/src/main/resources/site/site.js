// Closes the lists of pages and sections where they do not fit beside the text.
const narrow = matchMedia('(max-width: 52rem)');
const medium = matchMedia('(max-width: 75rem)');
const fit = () => {
  document.querySelector('.pages').open = !narrow.matches;
  document.querySelector('.contents').open = !medium.matches;
};
narrow.addEventListener('change', fit);
medium.addEventListener('change', fit);
fit();
document.querySelector('.pages [aria-current]')?.scrollIntoView({ block: 'nearest' });

// Searches the sections for all words. The index is loaded when it is needed.
const input = document.getElementById('search');
const results = document.getElementById('results');
const search = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
  const count = text => words.filter(word => text.toLowerCase().includes(word)).length;
  const rank = entry => count(`${entry.page} ${entry.title} ${entry.text}`) < words.length ? 0
    : 1 + 2 * count(entry.title || entry.page) + count(entry.page);
  const found = words.length === 0 || typeof searchIndex === 'undefined' ? [] : searchIndex
    .map(entry => ({ entry, rank: rank(entry) }))
    .filter(hit => hit.rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .slice(0, 12);
  results.replaceChildren(...found.map(({ entry }) => {
    const link = document.createElement('a');
    link.href = entry.link;
    link.textContent = entry.title ? `${entry.page}: ${entry.title}` : entry.page;
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
  if (words.length > 0 && found.length === 0 && typeof searchIndex !== 'undefined') {
    results.textContent = 'No section contains these words.';
  }
  results.hidden = words.length === 0;
};
input.addEventListener('focus', () => {
  const script = document.createElement('script');
  script.src = 'search-index.js';
  script.onload = search;
  document.head.append(script);
}, { once: true });
input.addEventListener('input', search);
input.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    input.value = '';
    search();
  }
});
