'use strict';
// Everything that stands in the data is shown as text: no markup is ever made of it.
const data = JSON.parse(document.getElementById('data').textContent);
const { labels, items, statuses, signs, texts } = data;
const byId = (id) => document.getElementById(id);
const [head, filters, shown, matrix, panel] = ['head', 'filters', 'shown', 'matrix', 'panel'].map(byId);
const ROWS_AT_ONCE = 150;

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
const fill = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, n) => values[n]);
const share = (part, whole) => (whole ? Math.round((100 * part) / whole) + '%' : '');

// ---- head, legend and filters ----

function showHead() {
  const figures = data.figures.map(([caption, n]) => el('div', { class: 'figure' }, el('b', null, String(n)), caption));
  const signs = statuses.map((s) => el('span', { class: s.tone }, s.symbol + ' ' + s.name));
  signs.push(el('span', { class: 'human' }, '✋ ' + labels.human));
  head.append(
    el('h1', null, data.title),
    ...data.notes.map((note) => el('p', { class: 'note' }, note)),
    el('div', { class: 'figures' }, ...figures),
    el('div', { class: 'legend', role: 'group', 'aria-label': labels.legend }, ...signs),
    el('p', { class: 'note keys' }, labels.keys),
  );
}

function choice(name, label, all, options) {
  const first = el('option', { value: '' }, all);
  return el('select', { name, 'aria-label': label }, first, ...options.map(([value, text]) => el('option', { value }, text)));
}

function showFilters() {
  filters.append(
    el('input', { type: 'search', name: 'q', placeholder: labels.search, 'aria-label': labels.search }),
    choice('township', labels.township, labels.allTownships, data.townships.map((t) => [t, t])),
    choice('item', labels.allItems, labels.allItems, items.map((i) => [i.id, i.name])),
    choice('status', labels.allStatuses, labels.allStatuses, statuses.map((s) => [s.word, s.symbol + ' ' + s.name])),
    el('label', null, el('input', { type: 'checkbox', name: 'todo' }), ' ' + labels.todo),
    el('button', { type: 'reset' }, labels.clear),
  );
}

// ---- which schools ----

function wanted() {
  const { q, township, item, status, todo } = filters.elements;
  const word = q.value.trim().toLowerCase();
  const column = items.findIndex((i) => i.id === item.value);
  const place = data.townships.indexOf(township.value);
  const has = (v) => v !== null && statuses[signs[v].status].word === status.value;
  return (s) =>
    (!word || [s.name, s.code, ...(s.aliases || [])].some((name) => name.toLowerCase().includes(word))) &&
    (place < 0 || s.township === place) &&
    (!status.value || (column < 0 ? s.verdicts.some(has) : has(s.verdicts[column]))) &&
    (!todo.checked || s.todo);
}

// The filter and what is open stand in the address, so that they can be kept as a bookmark.
function remember() {
  const state = new URLSearchParams();
  for (const field of ['q', 'township', 'item', 'status']) {
    if (filters.elements[field].value) state.set(field, filters.elements[field].value);
  }
  if (filters.elements.todo.checked) state.set('todo', '1');
  if (opened) state.set('open', opened);
  history.replaceState(null, '', '#' + state);
}

function recall() {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const field of ['q', 'township', 'item', 'status']) filters.elements[field].value = state.get(field) || '';
  filters.elements.todo.checked = state.get('todo') === '1';
  show();
  const [code, item] = (state.get('open') || '').split('/');
  const school = data.schools.findIndex((s) => s.code === code);
  const column = items.findIndex((i) => i.id === item);
  if (code && school >= 0) open(school, column);
  else close();
}

// ---- the matrix ----

function sums(schools) {
  const columns = items.map(() => [0, 0]);
  for (const s of schools) {
    s.verdicts.forEach((v, n) => {
      if (v === null || !statuses[signs[v].status].asked) return;
      columns[n][1] += 1;
      if (statuses[signs[v].status].word === 'done') columns[n][0] += 1;
    });
  }
  return columns;
}

function subtotal(name, schools) {
  const columns = sums(schools);
  const [done, asked] = [0, 1].map((n) => columns.reduce((sum, column) => sum + column[n], 0));
  const due = schools.filter((s) => s.due);
  return el('tr', { class: 'total' },
    el('th', { scope: 'row', class: 'left', colspan: 3, tabindex: -1 }, name + ' (' + schools.length + ')'),
    el('td', null, fill(labels.came, due.filter((s) => s.came).length, due.length)),
    ...columns.map(([d, a]) => el('td', null, share(d, a))),
    el('td', null, done + '/' + asked),
    el('td', null, share(done, asked)),
    el('td', null, String(schools.reduce((sum, s) => sum + s.open, 0))));
}

function cell(v, n) {
  if (v === null) return el('td');
  const sign = signs[v];
  const said = items[n].name + ': ' + statuses[sign.status].name;
  return el('td', { class: sign.tone, 'data-item': n, tabindex: -1, 'aria-label': said, title: said, 'aria-expanded': 'false' }, sign.symbol);
}

function row(s) {
  const [done, asked] = [0, 1].map((n) => sums([s]).reduce((sum, column) => sum + column[n], 0));
  return el('tr', { 'data-school': data.schools.indexOf(s) },
    el('td', { class: 'left muted' }, data.townships[s.township]),
    el('th', { scope: 'row', 'data-whole': true, tabindex: -1, 'aria-expanded': 'false' }, s.name),
    el('td', { class: 'left' }, texts[s.category]),
    el('td', { class: s.tone }, texts[s.arrival]),
    ...s.verdicts.map(cell),
    el('td', null, done + '/' + asked),
    el('td', null, share(done, asked)),
    el('td', null, s.open ? String(s.open) : ''));
}

let waiting = [];
let timer = 0;

// Rows are made a screenful at a time, the rest when the browser has time.
function more(count) {
  clearTimeout(timer);
  matrix.tBodies[0].append(...waiting.splice(0, count).map((make) => make()));
  if (waiting.length) timer = setTimeout(more, 0, ROWS_AT_ONCE);
  else document.body.setAttribute('data-ready', '');
}

function show() {
  document.body.removeAttribute('data-ready');
  const chosen = data.schools.filter(wanted());
  shown.textContent = chosen.length ? fill(labels.shown, chosen.length, data.schools.length) : labels.none;
  const names = [labels.township, labels.school, labels.category, labels.submission, ...items.map((i) => i.name),
    labels.done, labels.completion, labels.open];
  const heads = names.map((name, n) => el('th', { scope: 'col', title: (items[n - 4] || {}).criterion }, name));
  matrix.replaceChildren(el('thead', null, el('tr', null, ...heads)), el('tbody'));
  waiting = [];
  if (chosen.length) waiting.push(() => subtotal(labels.whole, chosen));
  data.townships.forEach((name, n) => {
    const of = chosen.filter((s) => s.township === n);
    if (of.length) waiting.push(() => subtotal(name, of), ...of.map((s) => () => row(s)));
  });
  matrix.setAttribute('aria-rowcount', waiting.length + 1);
  matrix.setAttribute('aria-label', data.title);
  more(ROWS_AT_ONCE);
  const first = matrix.querySelector('[tabindex]');
  if (first) first.tabIndex = 0;
}

// ---- what stands behind a cell ----

let opened = '';
const blocks = new Map();

// What stands behind the signs is packed, some schools a block, and unpacked when one of them is opened.
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).json();
}

function blockOf(school) {
  const n = Math.floor(school / data.block);
  if (!blocks.has(n)) blocks.set(n, unpacked(byId('block-' + n).textContent));
  return blocks.get(n);
}

function cued(text, cue) {
  const parts = cue ? text.split(cue) : [text];
  return parts.flatMap((part, n) => (n ? [el('span', { class: 'cue' }, cue), part] : [part]));
}

function link(book, n) {
  const { path, address } = book.files[n];
  return address ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, path) : path;
}

function evidence(book, s, n) {
  const e = s.evidence[n];
  const leads = e.marked ? el('button', { type: 'button', class: 'leads', 'data-leads': n }, labels.inText) : null;
  return el('div', { class: 'card' },
    el('p', null, el('span', { class: 'badge ' + e.tone }, book.texts[e.judged]), ' ' + book.texts[e.place],
      e.facts === undefined ? null : ' · ' + book.texts[e.facts]),
    el('blockquote', null, el('mark', null, ...cued(e.quote, e.cue))),
    e.why_not === undefined ? null : el('p', null, book.texts[e.why_not]),
    el('p', { class: 'note' }, leads, leads ? ' ' : null, link(book, e.file), ' · ' + labels.rule + ' ' + book.texts[e.rule]));
}

function verdict(book, s, v, sign, n) {
  return [
    el('h3', null, items[n].name),
    el('p', null, el('span', { class: 'badge ' + sign.tone }, sign.symbol + ' ' + statuses[sign.status].name)),
    el('p', { class: 'note' }, items[n].criterion),
    el('p', null, labels.why + ': ' + book.texts[v.why]),
    ...(v.evidence ? v.evidence.map((n) => evidence(book, s, n)) : [el('p', { class: 'note' }, labels.evidenceNone)]),
    v.more ? el('p', { class: 'note' }, fill(labels.more, v.more)) : null,
  ];
}

// The words, and behind them in small letters what they are said to be of which item.
function marked(book, s, [words, numbers]) {
  const all = numbers.map((n) => s.evidence[n]);
  const cue = (all.find((e) => e.cue && words.includes(e.cue)) || {}).cue;
  const said = (e) => book.texts[e.judged] + (e.item === null ? '' : ' ' + items[e.item].name);
  const title = all.map((e) => said(e) + (e.why_not === undefined ? '' : ' (' + book.texts[e.why_not] + ')')).join('\n');
  const short = (e) => book.texts[e.judged].split(' ')[0] + (e.item === null ? '' : ' ' + items[e.item].name);
  return [
    el('mark', { class: all[0].tone, title, tabindex: -1, 'data-marks': numbers.join(' ') }, ...cued(words, cue)),
    el('sup', { class: all[0].tone }, [...new Set(all.map(short))].join(' · ')),
  ];
}

function text(book, s, d, open) {
  const piece = (p) => (typeof p === 'string' ? [p] : marked(book, s, p));
  let before = -1;
  const lines = d.lines.map((line) => {
    if (!line) return el('p', { class: 'gap' }, '……');
    const [place, pieces] = line;
    // The cells of a row share its place.
    const shown = place === before ? '' : book.texts[place];
    before = place;
    return el('p', null, el('span', { class: 'place' }, shown), el('span', null, ...pieces.flatMap(piece)));
  });
  return el('details', { open, class: 'text' },
    el('summary', null, book.files[d.file].path),
    d.cut ? el('p', { class: 'note' }, labels.cut) : null,
    ...lines);
}

// The text of each document; open are those that speak of the item.
function documents(book, s, column) {
  const speaks = (d) => d.lines.some((line) => line && line[1].some((p) => typeof p !== 'string' &&
    (column < 0 || p[1].some((n) => s.evidence[n].item === column))));
  const shown = s.documents.map((d) => text(book, s, d, speaks(d)));
  return shown.length ? [el('h3', null, labels.documents), ...shown] : [];
}

function flag(book, f) {
  const where = f.files.map((n) => el('p', { class: 'note' }, link(book, n)));
  return el('div', { class: 'card' },
    el('p', null, el('span', { class: 'badge ' + f.tone }, book.texts[f.kind]), f.open ? '' : ' ' + labels.settled,
      el('span', { class: 'note' }, ' ' + f.id)),
    el('p', null, book.texts[f.message]), ...where);
}

function file(book, n) {
  const f = book.files[n];
  return el('div', { class: 'card' },
    el('p', null, link(book, n)),
    el('p', { class: 'note' }, el('span', { class: 'badge ' + f.tone }, book.texts[f.status]), ' ' + labels.received + ' ' + book.texts[f.received]),
    ...f.problems.map((problem) => el('p', null, book.texts[problem])));
}

// Photographs, where the night was asked for them; a click opens the file.
function photographs(book, s) {
  const shown = (s.photographs || []).map((p) => {
    const { path, address } = book.files[p.file];
    const picture = p.jpeg ? el('img', { src: 'data:image/jpeg;base64,' + p.jpeg, alt: p.said }) : el('span', null, book.texts[p.why]);
    const leads = address ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer', title: path }, picture) : picture;
    return el('figure', null, leads, el('figcaption', null, p.said));
  });
  return shown.length ? [el('h3', null, labels.photographs), el('div', { class: 'album' }, ...shown)] : [];
}

function behind(book, school, column) {
  const s = book.schools[school % data.block];
  const of = (n) => verdict(book, s, s.verdicts[n], signs[data.schools[school].verdicts[n]], n);
  const verdicts = column < 0 ? s.verdicts.flatMap((v, n) => (v ? of(n) : [])) : of(column);
  return [
    ...verdicts.filter(Boolean),
    ...documents(book, s, column),
    ...photographs(book, s),
    ...(s.flags.length ? [el('h3', null, labels.flags), ...s.flags.map((f) => flag(book, f))] : []),
    el('h3', null, labels.files),
    ...(s.files.length ? s.files.map((n) => file(book, n)) : [el('p', { class: 'note' }, labels.filesNone)]),
  ];
}

// Opens an item of a school; without a column the school as a whole.
function open(school, column) {
  const s = data.schools[school];
  const whole = column < 0 || s.verdicts[column] === null;
  const button = el('button', { type: 'button', class: 'close' }, labels.close);
  button.addEventListener('click', close);
  const body = el('div', { id: 'behind', 'aria-busy': 'true' }, el('p', { class: 'note' }, labels.opening));
  panel.replaceChildren(button,
    el('h2', { id: 'panel-title', tabindex: -1 }, s.name),
    el('p', { class: 'note' }, [s.code, texts[s.category], data.townships[s.township], texts[s.arrival]].join(' · ')),
    body);
  blockOf(school).then(
    (book) => body.replaceChildren(...behind(book, school, whole ? -1 : column)),
    () => body.replaceChildren(el('p', { class: 'doubtful' }, labels.tooOld)),
  ).then(() => body.removeAttribute('aria-busy'));
  close.from = document.activeElement;
  unmark();
  const at = matrix.querySelector('[data-school="' + school + '"] ' + (whole ? '[data-whole]' : '[data-item="' + column + '"]'));
  if (at) at.setAttribute('aria-expanded', 'true');
  panel.hidden = false;
  panel.scrollTop = 0;
  opened = s.code + (whole ? '' : '/' + items[column].id);
  remember();
  byId('panel-title').focus();
}

// From a quote to where it stands in its text.
panel.addEventListener('click', (event) => {
  const { leads } = event.target.dataset;
  const to = leads && [...panel.querySelectorAll('[data-marks]')].find((at) => at.dataset.marks.split(' ').includes(leads));
  if (!to) return;
  to.closest('details').open = true;
  to.scrollIntoView({ block: 'center' });
  to.focus({ preventScroll: true });
});

function unmark() {
  matrix.querySelectorAll('[aria-expanded=true]').forEach((at) => at.setAttribute('aria-expanded', 'false'));
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  opened = '';
  unmark();
  remember();
  if (close.from && close.from.isConnected) close.from.focus();
}

function openAt(target) {
  const at = target.closest('[data-item], [data-whole]');
  if (!at) return;
  go(at);
  open(Number(at.closest('tr').dataset.school), at.dataset.item === undefined ? -1 : Number(at.dataset.item));
}

// ---- by keyboard ----

function go(to) {
  if (!to) return;
  matrix.querySelectorAll('[tabindex="0"]').forEach((at) => (at.tabIndex = -1));
  to.tabIndex = 0;
  to.focus();
}

function move(at, key, far) {
  const cells = (tr) => [...tr.querySelectorAll('[tabindex]')];
  const tr = at.closest('tr');
  const here = cells(tr);
  const rows = [...matrix.tBodies[0].rows];
  const n = here.indexOf(at);
  const to = { ArrowUp: -1, ArrowDown: 1, PageUp: -15, PageDown: 15 }[key];
  if (to) {
    const next = rows[Math.min(Math.max(rows.indexOf(tr) + to, 0), rows.length - 1)];
    return cells(next)[Math.min(n, cells(next).length - 1)];
  }
  if (key === 'Home') return far ? cells(rows[0])[0] : here[0];
  if (key === 'End') return far ? cells(rows[rows.length - 1])[0] : here[here.length - 1];
  return { ArrowLeft: here[n - 1], ArrowRight: here[n + 1] }[key];
}

matrix.addEventListener('click', (event) => openAt(event.target));
matrix.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' || event.key === ' ') openAt(event.target);
  else if (/^(Arrow|Page|Home|End)/.test(event.key)) go(move(event.target, event.key, event.ctrlKey));
  else return;
  event.preventDefault();
});
document.addEventListener('keydown', (event) => event.key === 'Escape' && close());
filters.addEventListener('submit', (event) => event.preventDefault());
filters.addEventListener('input', () => { show(); remember(); });
filters.addEventListener('reset', () => setTimeout(() => { show(); remember(); }));
addEventListener('hashchange', recall);
addEventListener('beforeprint', () => more(waiting.length));

showHead();
showFilters();
if (data.loose.length) {
  byId('loose').append(el('details', { open: true }, el('summary', null, labels.loose), ...data.loose.map((f) => flag(data, f))));
}
recall();
