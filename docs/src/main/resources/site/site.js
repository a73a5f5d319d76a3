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

// Searches the sections for all words. The index is loaded when it is needed. It has the order of the navigation, which decides
// between hits of equal rank.
const maxHits = 12;
const input = document.getElementById('search');
const results = document.getElementById('results');

// Finds "proxy" in "proxies", "groups" in "group", and "delete" in "deleting".
const pattern = word => new RegExp(word
  .replace(/[^\w\s]/g, '\\$&')
  .replace(/(\w\w[^s])s$/, '$1')
  .replace(/(\w{3})(?:y|ie)$/, '$1(?:y|ie)')
  .replace(/(\w{4})(?:ing|e)$/, '$1'), 'gi');
const count = (word, text) => (text.match(word) || []).length;

// A word in the title of a page counts most, then one in the title of a section, then the number of occurrences.
const rank = (entry, words, totals) => words.reduce((sum, word) => {
  const inPage = count(word, entry.page) > 0;
  const inTitle = count(word, entry.title) > 0;
  const occurrences = entry.title ? count(word, entry.text) : totals.get(entry.page).get(word);
  return sum + (entry.title ? 100 * inTitle + 50 * inPage : 1000 * inPage) + Math.min(occurrences, 49);
}, 0);

const find = words => {
  const totals = new Map();
  for (const { page, text } of searchIndex) {
    const total = totals.get(page) || new Map();
    words.forEach(word => total.set(word, (total.get(word) || 0) + count(word, text)));
    totals.set(page, total);
  }
  return searchIndex
    .filter(({ page, title, text }) => words.every(word => count(word, `${page} ${title} ${text}`) > 0))
    .map(entry => ({ entry, rank: rank(entry, words, totals) }))
    .sort((one, other) => other.rank - one.rank)
    .map(hit => hit.entry);
};

const listItem = content => {
  const item = document.createElement('li');
  item.append(content);
  return item;
};
const link = ({ link, page, title }) => {
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.textContent = title ? `${page}: ${title}` : page;
  return anchor;
};

const search = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(word => word).map(pattern);
  results.hidden = words.length === 0 || typeof searchIndex === 'undefined';
  if (results.hidden) {
    return;
  }
  const found = find(words);
  results.replaceChildren(...found.slice(0, maxHits).map(entry => listItem(link(entry))));
  if (found.length === 0) {
    results.append(listItem('No section contains these words.'));
  } else if (found.length > maxHits) {
    results.append(listItem(`${maxHits} of ${found.length} sections`));
  }
};
const close = () => {
  results.hidden = true;
};

input.addEventListener('focus', () => {
  const script = document.createElement('script');
  script.src = 'search-index.js';
  script.onload = search;
  document.head.append(script);
}, { once: true });
input.addEventListener('focus', search);
input.addEventListener('input', search);
input.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    input.value = '';
    close();
  } else if (event.key === 'Enter' && !results.hidden) {
    results.querySelector('a')?.click();
  }
});
results.addEventListener('click', event => {
  if (event.target.closest('a')) {
    close();
  }
});
const outside = target => target && !target.closest('search');
document.addEventListener('click', event => outside(event.target) && close());
document.addEventListener('focusin', event => outside(event.target) && close());
