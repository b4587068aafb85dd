// At a glance: how the parts of the terminal are, what waits and why, and "sync now".
import {
  age, badge, english, link, make, moment, number, once, payments, replace, state, table, yuan
} from './operator-dom.js';
import {words} from './operator-words.js';
import {get, post} from './operator-api.js';
import {why} from './operator-payments.js';

const waitingStates = [
  'awaiting_card', 'pending', 'accepted', 'reversing', 'held', 'rejected'
];
const shown = 20;
// Without progress for so many looks, "sync now" ends.
const patience = 20;
const lookMs = 500;

export function now(root) {
  const said = words().now;
  const health = make('ul', {class: 'tiles'});
  const queue = make('div', {class: 'short'});
  const waiting = make('div');
  root.append(make('h1', {}, said.title),
    make('section', {'aria-labelledby': 'health'},
      make('h2', {id: 'health'}, said.health), health),
    make('section', {'aria-labelledby': 'queue'},
      make('div', {class: 'line'}, make('h2', {id: 'queue'}, said.queue), syncNow()), queue),
    make('section', {'aria-labelledby': 'waiting'},
      make('h2', {id: 'waiting'}, said.waiting), waiting));
  return async () => {
    const list = '/v1/payments?limit=' + shown + '&state=' + waitingStates.join(',');
    const [status, page] = await Promise.all([get('/v1/status'), get(list)]);
    replace(health, tiles(status));
    replace(queue, totals(status));
    replace(waiting, items(page, status.now));
  };
}

function tile(name, [kind, word], ...details) {
  return make('li', {class: kind, 'data-part': name}, make('h3', {}, words().parts[name]),
    badge(kind, word), details.filter(Boolean).map(detail => make('p', {}, detail)));
}

function tiles(status) {
  return [
    readerTile(status.reader), platformTile(status.platform), storageTile(status.storage),
    mirrorTile(status.storage.mirror), clockTile(status), listTile(status.lost_list),
    scannerTile(status.scanners), doubtTile(status.in_doubt), syncTile(status.sync),
    limitTile(status.limits), screenTile(status.screen)
  ];
}

function readerTile(reader) {
  const said = words().now;
  if (reader.simulated) return tile('reader', ['warn', said.simulated]);
  const word = reader.ready ? (reader.problem ? ['warn', said.trouble] : ['ok', said.ready])
    : ['bad', reader.service ? said.noReader : said.noService];
  return tile('reader', word, reader.names.join(', '), english(reader.problem));
}

function platformTile(platform) {
  const said = words().now;
  const kinds = {online: 'ok', degraded: 'warn', offline: 'bad'};
  const kind = platform.problem ? 'bad' : kinds[platform.state];
  return tile('platform', [kind, said.platform[platform.state]],
    said.since.replace('{n}', age(platform.since_ms)), english(platform.problem));
}

function storageTile(storage) {
  const said = words().now;
  return tile('storage', storage.ok ? ['ok', said.inOrder]
    : ['bad', said.storage[storage.trouble] || said.trouble], english(storage.problem));
}

function mirrorTile(mirror) {
  const said = words().now;
  if (!mirror) return tile('mirror', ['off', said.notSetUp]);
  return tile('mirror', mirror.ok ? ['ok', said.inOrder] : ['bad', said.trouble],
    english(mirror.problem));
}

function clockTile(status) {
  const said = words().now;
  return tile('clock', status.clock.synchronised ? ['ok', said.kept] : ['warn', said.notKept],
    moment(status.now));
}

function listTile(list) {
  const said = words().now;
  const show = text => link('#/lost-cards', text);
  if (!list) return tile('list', ['off', said.noList], show(said.lostCards));
  return tile('list', list.too_old ? ['bad', said.tooOld] : ['ok', said.inForce],
    show(said.cards.replace('{n}', number(list.cards))),
    said.ageOf.replace('{n}', age(list.age_ms)), list.version);
}

function scannerTile(scanners) {
  const said = words().now;
  if (scanners.length === 0) return tile('scanners', ['off', said.notSetUp]);
  const broken = scanners.filter(scanner => !scanner.ready);
  const word = broken.length === 0 ? ['ok', said.ready] : ['bad', said.trouble];
  return tile('scanners', word, ...scanners.map(scanner => scanner.device),
    ...broken.map(scanner => english(scanner.problem)));
}

function doubtTile(doubt) {
  const said = words().now;
  if (doubt.count === 0) return tile('doubt', ['ok', said.none]);
  const text = number(doubt.count) + ' · ' + yuan(doubt.fen);
  return tile('doubt', ['warn', said.look],
    payments({state: 'refused,reversed', reason: 'platform_conflict', paid: 'false'}, text),
    said.doubt);
}

function syncTile(sync) {
  const said = words().now;
  const kind = sync.stopped ? ['bad', said.stopped]
    : sync.waiting > 0 ? ['warn', said.pausing] : ['ok', said.inOrder];
  return tile('sync', kind, sync.stopped && said.stoppedHelp,
    sync.delivering > 0 && payments({state: 'pending,accepted,reversing'},
      said.delivering.replace('{n}', number(sync.delivering))),
    sync.waiting > 0 && payments({state: 'accepted,reversing'},
      said.backingOff.replace('{n}', number(sync.waiting))));
}

function limitTile(limits) {
  const said = words().now;
  if (!limits.offline_enabled) return tile('limit', ['off', said.notAllowed]);
  const share = limits.total_limit ? limits.total_used / limits.total_limit : 1;
  const word = share >= 1 ? ['bad', said.usedUp] : share >= 0.8 ? ['warn', said.nearlyUsed]
    : ['ok', said.free];
  const text = said.used.replace('{n}', yuan(limits.total_used))
    .replace('{m}', yuan(limits.total_limit));
  return tile('limit', word, payments({state: 'pending,accepted,held,rejected'}, text),
    make('meter', {
      min: 0, max: 1, high: 0.8, value: Math.min(1, share), 'aria-label': words().parts.limit
    }));
}

function screenTile(screen) {
  const kind = screen.kind === 'out_of_service' ? 'bad' : 'ok';
  return tile('screen', [kind, words().screens[screen.kind] || screen.kind],
    screen.amount !== undefined && yuan(screen.amount),
    ...(screen.problems || []).map(english));
}

function totals(status) {
  const said = words().now;
  const states = waitingStates.filter(name => status.queue[name]);
  if (states.length === 0) return make('p', {class: 'quiet'}, said.nothing);
  return table(said.queue, [[said.state], [said.count, 'n'], [said.sum, 'n'], [said.oldest, 'n']],
    states.map(name => {
      const total = status.queue[name];
      const texts = [number(total.count), yuan(total.fen), age(total.oldest_age_ms)];
      return [state(name), ...texts.map(text => payments({state: name}, text))];
    }));
}

function items(page, at) {
  const said = words().now;
  if (page.payments.length === 0) return make('p', {class: 'quiet'}, said.nothing);
  const rows = page.payments.map(payment => [
    link('#/payments/' + payment.seq, moment(payment.created_at)), yuan(payment.amount),
    age(at - payment.created_at), state(payment.state), why(payment)
  ]);
  return [
    table(said.waiting, [[said.made], [said.sum, 'n'], [said.age, 'n'], [said.state], [said.why]],
      rows),
    page.next && make('p', {}, payments({state: waitingStates.join(',')}, said.all))
  ];
}

const owed = status => ['accepted', 'reversing']
  .reduce((sum, name) => sum + (status.queue[name] ? status.queue[name].count : 0), 0);

// Asks for another try at once and follows how much is left.
function syncNow() {
  const said = words().now;
  const bar = make('progress', {'aria-label': said.syncing, hidden: true, id: 'sync-bar'});
  const news = make('span', {role: 'status', id: 'sync-news'});
  const button = make('button', {
    class: 'main', id: 'sync', onclick: async () => {
      await once(button, news, () => follow(bar, news));
      bar.hidden = true;
    }
  }, said.syncNow);
  return make('div', {class: 'sync'}, button, bar, news);
}

async function follow(bar, news) {
  const said = words().now;
  const total = owed(await post('/v1/sync'));
  let [left, still] = [total, 0];
  bar.hidden = false;
  while (left > 0 && still < patience && bar.isConnected) {
    bar.max = total;
    bar.value = Math.max(0, total - left);
    news.textContent = said.left.replace('{n}', number(left)).replace('{m}', number(total));
    await new Promise(done => setTimeout(done, lookMs));
    const before = left;
    left = owed(await get('/v1/status'));
    still = left < before ? 0 : still + 1;
  }
  return left > 0 ? said.stuck.replace('{n}', number(left)) : said.allSent;
}
