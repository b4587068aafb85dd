// The local list of lost cards.
import {
  age, field, link, make, moment, number, once, query, replace, say, table
} from './operator-dom.js';
import {words} from './operator-words.js';
import {get, post} from './operator-api.js';
import {ask} from './operator-dialog.js';

const pageSize = 100;

export function lostCards(root, where) {
  const said = words().cards;
  const [summary, list] = [make('div'), make('div')];
  const after = where.query.after;
  const refresh = async () => {
    const page = await get('/v1/lost-cards' + query({limit: pageSize, after}));
    replace(summary, imported(page));
    replace(list, entries(page, refresh), pager(page, after));
  };
  root.append(make('h1', {}, said.title), summary, make('div', {class: 'forms'},
    add(refresh), load(refresh)), list);
  return refresh;
}

function imported(page) {
  const said = words().cards;
  const list = page.list;
  const total = make('p', {}, said.total.replace('{n}', number(page.total)));
  if (!list) return [total, make('p', {class: 'quiet'}, said.noList)];
  const text = said.imported.replace('{n}', number(list.cards)).replace('{m}', age(list.age_ms));
  return [total, make('p', {}, text, list.version && ' · ' + list.version,
    list.too_old && make('strong', {}, ' · ' + said.tooOld))];
}

// A form that does `work` and says what came of it.
function form(name, title, parts, button, work) {
  const news = make('p', {role: 'status', class: 'answer', id: name + '-news'});
  const key = make('button', {class: 'main', id: name}, button);
  return make('form', {
    onsubmit: async event => {
      event.preventDefault();
      await once(key, news, work);
    }
  }, make('h2', {}, title), parts, key, news);
}

function add(refresh) {
  const said = words().cards;
  const card = make('input', {
    type: 'text', required: true, maxlength: 64, autocomplete: 'off', spellcheck: 'false'
  });
  return form('add', said.add, field('card', said.card, card, said.cardHint), said.addKey,
    async () => {
      await post('/v1/lost-cards/add', {card: card.value.trim()});
      card.value = '';
      await refresh();
      return said.added;
    });
}

function load(refresh) {
  const said = words().cards;
  const file = make('input', {type: 'file', required: true, accept: '.txt,.csv,text/plain'});
  return form('import', said.load, field('file', said.file, file, said.fileHint), said.loadKey,
    async () => {
      const list = await post('/v1/lost-cards/import', file.files[0]);
      await refresh();
      return said.loaded.replace('{n}', number(list.cards));
    });
}

function entries(page, refresh) {
  const said = words().cards;
  if (page.cards.length === 0) return make('p', {class: 'quiet'}, said.none);
  const rows = page.cards.map(entry => [
    entry.card, said.sources[entry.source], moment(entry.added_at),
    entry.source === 'operator' ? make('button', {
      'data-key': 'remove ' + entry.card, onclick: () => lift(entry.card, refresh)
    }, said.remove, make('span', {class: 'unseen'}, ' ' + entry.card)) : said.liftedBy
  ]);
  return table(said.title, [[said.card], [said.source], [said.since], [said.lift]], rows);
}

async function lift(card, refresh) {
  const said = words().cards;
  const isDone = await ask({
    title: said.remove + ': ' + card, lines: [said.removeHelp], confirm: said.remove,
    isGrave: true,
    run: async () => {
      await post('/v1/lost-cards/remove', {card});
      return true;
    }
  });
  if (!isDone) return;
  say(said.removed);
  await refresh();
}

function pager(page, after) {
  const said = words().payments;
  return make('nav', {class: 'pager', 'aria-label': said.pages},
    after && link('#/lost-cards', said.first),
    page.next && link('#/lost-cards' + query({after: page.next}), said.more));
}
