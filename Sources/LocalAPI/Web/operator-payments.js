// Payments: the search, the list, and the journal of what was found.
import {
  field, link, make, moment, number, once, query, reason, replace, state, states, stateWord,
  table, yuan
} from './operator-dom.js';
import {words} from './operator-words.js';
import {get, save} from './operator-api.js';

// A clock time of this machine for an input, and back.
const local = milliseconds => {
  const date = new Date(milliseconds);
  return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

const pageSize = 50;
const flags = ['offline', 'sent', 'paid'];
const names = ['card', 'reference', 'state', 'reason', 'since', 'until', ...flags];

export function payments(root, where) {
  const said = words().payments;
  const asked = Object.fromEntries(names.map(name => [name, where.query[name]]));
  const list = make('div');
  root.append(make('h1', {}, said.title), search(asked), chips(asked), list, exports(asked));
  return async () => {
    const page = await get('/v1/payments'
      + query({...asked, limit: pageSize, after: where.query.after}));
    replace(list, found(page), pager(page, asked, where.query.after));
  };
}

// Why a payment waits, in words; nothing once it is at its end.
export function why(payment) {
  const said = words().waiting;
  const waiting = payment.waiting;
  if (!waiting) return reason(payment.reason);
  const lines = [said.why[waiting.why]];
  if (waiting.why === 'decision' && payment.reason) lines.push(reason(payment.reason));
  if (waiting.trouble) lines.push(said.trouble[waiting.trouble]);
  if (waiting.tries) lines.push(said.tries.replace('{n}', number(waiting.tries)));
  const text = lines.join(' · ');
  return waiting.next_attempt_at
    ? make('span', {}, text + ' · ' + said.next + ' ', moment(waiting.next_attempt_at)) : text;
}

function search(asked) {
  const said = words().payments;
  const options = [['', said.allStates], ...states.map(word => [word, stateWord(word)])];
  if (asked.state && !states.includes(asked.state)) {
    options.push([asked.state, asked.state.split(',').map(stateWord).join(', ')]);
  }
  const input = (type, value, more = {}) => make('input', {type, value, ...more});
  const time = value => input('datetime-local', value ? local(Number(value)) : '');
  const parts = {
    card: input('text', asked.card, {
      maxlength: 8, pattern: '[A-Za-z0-9]{1,8}', autocomplete: 'off', spellcheck: 'false'
    }),
    reference: input('text', asked.reference, {maxlength: 128, autocomplete: 'off'}),
    state: make('select', {}, options.map(([value, text]) =>
      make('option', {value, selected: value === (asked.state || '')}, text))),
    since: time(asked.since), until: time(asked.until)
  };
  const stamp = box => (box.value ? new Date(box.value).getTime() : '');
  return make('form', {
    class: 'search', role: 'search', 'aria-label': said.search,
    onsubmit: event => {
      event.preventDefault();
      location.hash = '#/payments' + query({
        card: parts.card.value.trim(), reference: parts.reference.value.trim(),
        state: parts.state.value, reason: asked.reason, offline: asked.offline,
        sent: asked.sent, paid: asked.paid,
        since: stamp(parts.since), until: stamp(parts.until)
      });
    }
  }, Object.entries(parts).map(([name, box]) =>
    field('search-' + name, said.fields[name], box, said.hints[name])),
  make('button', {class: 'main', id: 'find'}, said.find), link('#/payments', said.clear));
}

// What a link asked for beside the fields of the form, and how to get rid of it.
function chips(asked) {
  const said = words().payments;
  const texts = {
    reason: asked.reason && asked.reason.split(',').map(reason).join(', '),
    ...Object.fromEntries(flags.map(name => [name, asked[name] && said.flags[name][asked[name]]]))
  };
  const list = Object.entries(texts).filter(([, text]) => text).map(([name, text]) =>
    make('li', {}, text, ' ', link('#/payments' + query({...asked, [name]: ''}), said.without)));
  return list.length > 0 ? make('ul', {class: 'chips', 'aria-label': said.also}, list) : '';
}

function found(page) {
  const said = words().payments;
  const lookedAt = page.looked_at !== undefined && make('p', {class: 'hint'},
    said.lookedAt.replace('{n}', number(page.looked_at)));
  if (page.payments.length === 0) {
    return [make('p', {class: 'quiet'}, page.next ? said.noneHere : said.none), lookedAt];
  }
  const rows = page.payments.map(payment => [
    link('#/payments/' + payment.seq, moment(payment.created_at)), yuan(payment.amount),
    state(payment.state), why(payment), payment.card, payment.reference, payment.title
  ]);
  const heads = said.columns;
  return [table(said.title, [
    [heads.made], [heads.sum, 'n'], [heads.state], [heads.why], [heads.card, 'c'],
    [heads.reference], [heads.title]
  ], rows), lookedAt];
}

function pager(page, asked, after) {
  const said = words().payments;
  return make('nav', {class: 'pager', 'aria-label': said.pages},
    after && link('#/payments' + query(asked), said.newest),
    page.next && link('#/payments' + query({...asked, after: page.next}), said.older));
}

function exports(asked) {
  const said = words().payments;
  const news = make('span', {role: 'status'});
  const name = 'kiosk-agent-' + new Date().toISOString().slice(0, 19).replace(/\D/g, '');
  const key = make('button', {
    id: 'export', onclick: () => once(key, news, async () => {
      news.textContent = said.exporting;
      await save(name + '.journal', 'POST', '/v1/export', {state: asked.state});
      return said.exported;
    })
  }, asked.state ? said.exportThese : said.exportAll);
  return make('p', {class: 'files'}, key, ' ', news,
    make('span', {class: 'hint'}, said.exportHint));
}
