// One payment: what is known of it, its whole history, and what may be decided about it.
import {
  link, make, moment, number, reason, replace, say, state, stateWord, table, yuan
} from './operator-dom.js';
import {words} from './operator-words.js';
import {get, post, remove} from './operator-api.js';
import {ask} from './operator-dialog.js';
import {why} from './operator-payments.js';

// In which states the ledger takes which decision.
const decidable = {
  submit: ['held', 'rejected', 'written_off'],
  'write-off': ['held', 'rejected', 'reversing'],
  reverse: ['settled', 'accepted', 'held', 'written_off'],
  cancel: ['awaiting_card']
};

// Declined because nobody could say whose order stands under its number.
const isInDoubt = payment => ['refused', 'reversed'].includes(payment.state)
  && payment.reason === 'platform_conflict' && payment.trade_id === undefined
  && payment.paid_amount === undefined;

export function payment(root, where) {
  const said = words().payment;
  const seq = where.rest[0];
  const [facts, keys, history] = [make('div'), make('div', {class: 'keys'}), make('div')];
  const path = '/v1/payments/' + encodeURIComponent(seq);
  root.append(make('p', {}, link('#/payments', said.back)),
    make('h1', {}, said.title + ' ', make('span', {class: 'seq'}, seq)), facts,
    make('section', {'aria-labelledby': 'decide'},
      make('h2', {id: 'decide'}, said.decide), keys),
    make('section', {'aria-labelledby': 'history'},
      make('h2', {id: 'history'}, said.history), history));
  let seen = '';
  const refresh = async () => {
    const payment = await get(path);
    const text = JSON.stringify(payment);
    if (text === seen) return;
    seen = text;
    replace(facts, sheet(payment));
    replace(keys, decisions(payment, path, refresh));
    replace(history, changes(payment));
  };
  return refresh;
}

function sheet(payment) {
  const said = words().payment;
  const facts = [
    [said.state, state(payment.state)], [said.why, why(payment)],
    [said.approval, payment.offline ? said.offline : null], [said.name, payment.title],
    [said.reference, payment.reference], [said.card, payment.card],
    [said.made, moment(payment.created_at)], [said.changed, moment(payment.updated_at)],
    [said.told, payment.told_at ? moment(payment.told_at) : said.nobody],
    [said.attempts, number(payment.attempts)], [said.order, payment.order],
    [said.trade, payment.trade_id],
    [said.taken, payment.paid_amount === undefined ? null : yuan(payment.paid_amount)],
    [said.balance, payment.balance === undefined ? null : yuan(payment.balance)]
  ];
  return [
    make('p', {class: 'sum'}, yuan(payment.amount)),
    make('dl', {class: 'facts'}, facts.filter(([, value]) => value).map(([name, value]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value))))
  ];
}

function decisions(payment, path, refresh) {
  const said = words().decisions;
  const open = Object.keys(decidable).filter(name => decidable[name].includes(payment.state)
    || name === 'reverse' && isInDoubt(payment));
  if (open.length === 0) return make('p', {class: 'quiet'}, said.none);
  return open.map(name => make('button', {
    id: name, onclick: () => decide(name, payment, path, refresh)
  }, said[name].button));
}

async function decide(name, payment, path, refresh) {
  const said = words().decisions[name];
  const sum = yuan(payment.amount);
  const whose = [payment.card, payment.title, payment.reference].filter(Boolean).join(' · ');
  const text = said[isInDoubt(payment) ? 'doubt' : payment.state] || said.all;
  const isDelete = name === 'reverse' || name === 'cancel';
  const decided = await ask({
    title: said.button + ': ' + sum, confirm: said.button + ' ' + sum,
    lines: [whose, text.replaceAll('{n}', sum)], isGrave: name !== 'submit',
    asks: ['why', 'by'],
    run: word => (isDelete ? remove(path, word) : post(path + '/' + name, word))
  });
  if (!decided) return;
  say(words().decisions.done.replace('{n}', stateWord(decided.state)));
  await refresh();
}

function changes(payment) {
  const said = words().payment;
  const isRenewed = payment.history.some(change => change.order !== payment.seq);
  const heads = [[said.when], [said.state], [said.reason], [said.by], [said.note]];
  if (isRenewed) heads.push([said.order]);
  return table(said.history, heads, payment.history.map(change => {
    const cells = [
      moment(change.at), state(change.to), reason(change.reason),
      Object.hasOwn(words().who, change.by) ? words().who[change.by] : change.by, change.note
    ];
    return isRenewed ? [...cells, change.order] : cells;
  }));
}
