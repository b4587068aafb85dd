// Elements and how values look. What anybody wrote goes in as text alone, never as markup.
import {words} from './operator-words.js';

const svg = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined && value !== null) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...some(children));
  return node;
}

const some = children => children.flat(9).filter(child => child !== null
  && child !== undefined && child !== false && child !== '');

// An element; an attribute `onclick` listens, true is an attribute without a value.
export const make = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children);

export const draw = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(svg, name), attributes, children);

const mark = node => node.dataset.key || node.getAttribute('href') || node.id;

// New children in the place of the old ones; the focus stays where it was, or goes to the heading,
// and what was unfolded stays so.
export function replace(node, ...children) {
  const held = node.contains(document.activeElement) ? mark(document.activeElement) : '';
  const open = [...node.querySelectorAll('details[open]')].map(part => part.id);
  node.replaceChildren(...some(children));
  for (const part of node.querySelectorAll('details')) part.open = open.includes(part.id);
  if (!held) return;
  const next = [...node.querySelectorAll('a, button, summary, input')]
    .find(part => mark(part) === held);
  (next || document.querySelector('main h1')).focus({preventScroll: true});
}

// A sign, a colour and a word, so that none of them is needed alone.
const signs = {ok: '✓', warn: '!', bad: '✕', off: '–'};
export const badge = (kind, word) => make('span', {class: 'badge ' + kind},
  make('span', {class: 'sign', 'aria-hidden': 'true'}, signs[kind]), word);

const stateKinds = {
  awaiting_card: 'off', pending: 'warn', accepted: 'warn', settled: 'ok', refused: 'off',
  held: 'bad', rejected: 'bad', reversing: 'warn', reversed: 'off', written_off: 'off',
  cancelled: 'off'
};
export const states = Object.keys(stateKinds);
// In English the words are those of the API, with spaces.
const said = (table, word) => table[word] || word.replaceAll('_', ' ');
export const stateWord = word => said(words().states, word);
export const state = word => badge(stateKinds[word] || 'off', stateWord(word));
export const reason = word => (word ? said(words().reasons, word) : '');

// The agent speaks of troubles in English.
export const english = text => (text ? make('span', {lang: 'en'}, text) : null);

export const yuan = fen => '¥' + (fen / 100).toLocaleString(
  'en', {minimumFractionDigits: 2, maximumFractionDigits: 2});
export const number = count => count.toLocaleString('en');
export const percent = (part, whole) => (whole ? Math.round(part * 1000 / whole) / 10 : 0) + ' %';

const two = count => String(count).padStart(2, '0');
export const day = date =>
  [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
export const clock = date => two(date.getHours()) + ':' + two(date.getMinutes());
export function moment(milliseconds) {
  const date = new Date(milliseconds);
  return make('time', {datetime: date.toISOString()},
    day(date) + ' ' + clock(date) + ':' + two(date.getSeconds()));
}

// The two largest units of a time.
export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const at = Math.max(0, units.findIndex(([length]) => seconds >= length));
  if (seconds === 0) return '0 ' + words().units.s;
  const [length, name] = units[at];
  const parts = [Math.floor(seconds / length) + ' ' + words().units[name]];
  const rest = units[at + 1] && Math.floor(seconds % length / units[at + 1][0]);
  if (rest) parts.push(rest + ' ' + words().units[units[at + 1][1]]);
  return parts.join(' ');
}

// The query of a call or of an address of this page; what is empty is left out.
export function query(values) {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => name + '=' + encodeURIComponent(value));
  return pairs.length ? '?' + pairs.join('&') : '';
}

export const link = (address, ...children) => make('a', {href: address}, ...children);
export const payments = (values, text) => link('#/payments' + query(values), text);

// A table that becomes a list of cards on a phone; roles keep it a table for a screen reader.
// A column is [heading, kind]; the kind "n" is a number, "c" a card.
export function table(caption, columns, rows) {
  const heads = columns.map(([head, kind]) =>
    make('th', {scope: 'col', role: 'columnheader', class: kind}, head));
  const lines = rows.map(cells => make('tr', {role: 'row'}, cells.map((cell, at) =>
    make('td', {role: 'cell', class: columns[at][1], 'data-head': columns[at][0]}, cell))));
  return make('table', {role: 'table'}, make('caption', {class: 'unseen'}, caption),
    make('thead', {role: 'rowgroup'}, make('tr', {role: 'row'}, heads)),
    make('tbody', {role: 'rowgroup'}, lines));
}

export const field = (id, label, input, hint) => {
  input.id = id;
  if (hint) input.setAttribute('aria-describedby', id + '-hint');
  return make('div', {class: 'field'}, make('label', {for: id}, label), input,
    hint && make('p', {class: 'hint', id: id + '-hint'}, hint));
};

// Does `work` unless it is under way, and says in `news` what came of it, a refusal too.
export async function once(key, news, work) {
  if (key.hasAttribute('aria-disabled')) return;
  key.setAttribute('aria-disabled', 'true');
  try {
    replace(news, await work());
  } catch (refusal) {
    if (!refusal.sentence) throw refusal;
    replace(news, refusal.sentence + ' ', english(refusal.message));
  } finally {
    key.removeAttribute('aria-disabled');
  }
}

// Read aloud without moving the focus.
export function say(text) {
  const news = document.getElementById('news');
  news.textContent = '';
  setTimeout(() => { news.textContent = text; }, 50);
}
