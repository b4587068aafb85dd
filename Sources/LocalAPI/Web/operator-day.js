// One day: its totals, its chart, its files, and the comparison with the platform.
import {
  badge, clock, link, make, number, once, payments, percent, reason, replace, state, stateWord,
  table, yuan
} from './operator-dom.js';
import {words} from './operator-words.js';
import {get, post, save} from './operator-api.js';
import {ask} from './operator-dialog.js';
import {chart} from './operator-chart.js';

const lookMs = 500;

export function day(root, where) {
  const said = words().day;
  const asked = where.rest[0];
  const of = asked ? '?date=' + encodeURIComponent(asked) : '';
  const [title, days, sums, pace] = [
    make('span'), make('nav', {class: 'pager', 'aria-label': said.days}),
    make('div', {class: 'short'}), make('div')
  ];
  const files = make('p', {class: 'files'});
  const comparison = compare();
  root.append(make('h1', {}, said.title + ' ', title), days, sums,
    make('section', {'aria-labelledby': 'chart'},
      make('h2', {id: 'chart'}, said.chart), pace),
    make('section', {'aria-labelledby': 'files'}, make('h2', {id: 'files'}, said.files), files),
    comparison.root);
  let drawn = '';
  const width = () => Math.floor(pace.clientWidth || root.clientWidth);
  return async () => {
    const [report, course] = await Promise.all([get('/v1/report' + of), get('/v1/day' + of)]);
    title.textContent = report.date;
    replace(days, neighbours(report.date));
    replace(sums, totals(report, course));
    replace(files, downloads(report.date));
    const now = JSON.stringify(course) + width();
    if (now !== drawn) replace(pace, course.quarters.length === 0
      ? make('p', {class: 'quiet'}, said.none)
      : [chart(course, width()), legend(), quarters(course)]);
    drawn = now;
    comparison.show(report.date);
  };
}

function neighbours(date) {
  const said = words().day;
  const shifted = days => new Date(Date.parse(date + 'T12:00:00Z') + days * 86400000)
    .toISOString().slice(0, 10);
  return [
    link('#/day/' + shifted(-1), '← ' + shifted(-1)), link('#/day', said.today),
    link('#/day/' + shifted(1), shifted(1) + ' →')
  ];
}

function totals(report, course) {
  const said = words().day;
  const span = {since: report.from.at, until: report.to.at};
  const line = (name, asked, line) => [
    name, payments({...span, ...asked}, number(line.count)),
    payments({...span, ...asked}, yuan(line.amount)),
    line.paid_amount ? yuan(line.paid_amount) : ''
  ];
  const rows = report.states.filter(one => one.count > 0).flatMap(one => [
    line(state(one.state), {state: one.state}, one),
    ...(one.state === 'refused' ? report.refused : []).map(part =>
      line(make('span', {class: 'part'}, reason(part.reason)),
        {state: 'refused', reason: part.reason}, part))
  ]);
  const approved = 'settled,accepted,held,rejected,written_off';
  rows.push(line(said.approved, {state: approved}, report.approved),
    line(said.offline + ' ' + percent(report.offline.count, report.approved.count),
      {state: approved, offline: 'true'}, report.offline),
    line(make('strong', {}, said.total), {}, report.total));
  const away = report.total.count - course.total.payments;
  return [
    table(said.totals, [[said.what], [said.count, 'n'], [said.sum, 'n'], [said.taken, 'n']], rows),
    away > 0 && make('p', {class: 'hint'}, said.away.replace('{n}', number(away)))
  ];
}

function legend() {
  const said = words().day;
  return make('ul', {class: 'legend'}, ['online', 'offline', 'refused', 'half', 'most'].map(name =>
    make('li', {}, make('span', {class: 'key ' + name, 'aria-hidden': 'true'}),
      said.legend[name])));
}

// The same as the chart, for who cannot see it and for who wants the numbers.
function quarters(course) {
  const said = words().day;
  const rows = course.quarters.map(part => {
    const span = {since: part.from, until: part.from + course.quarter_ms};
    const shown = (count, asked) => payments({...span, ...asked}, number(count));
    return [
      clock(new Date(part.from)), shown(part.payments, {}), shown(part.approved,
        {state: 'settled,accepted,held,rejected,written_off'}),
      shown(part.offline, {state: 'settled,accepted,held,rejected,written_off', offline: 'true'}),
      shown(part.refused, {state: 'refused'}), yuan(part.fen), wait(part.wait_p50_ms),
      wait(part.wait_p95_ms)
    ];
  });
  const heads = said.columns.map((head, at) => [head, at === 0 ? '' : 'n']);
  return make('details', {id: 'quarters'}, make('summary', {}, said.asTable),
    table(said.chart, heads, rows), make('p', {class: 'hint'}, said.waitHelp));
}

const wait = milliseconds => (milliseconds === undefined ? '–'
  : (milliseconds / 1000).toFixed(2) + ' ' + words().units.s);

function downloads(date) {
  const said = words().day;
  const news = make('span', {role: 'status'});
  const file = form => {
    const key = make('button', {
      id: form, onclick: () => once(key, news, () => save('kiosk-report-' + date + '.' + form,
        'GET', '/v1/report?date=' + date + '&format=' + form))
    }, said.download.replace('{n}', form.toUpperCase()));
    return key;
  };
  return [file('csv'), ' ', file('json'), ' ', link('#/payments', said.journal), news];
}

// The comparison of the day with the platform: one at a time, whoever asked for it.
function compare() {
  const said = words().reconcile;
  const bar = make('progress', {'aria-label': said.progress, hidden: true});
  const news = make('p', {role: 'status', class: 'answer'});
  const result = make('div');
  let date = null;
  let isFollowing = false;
  const look = make('button', {
    id: 'compare', class: 'main', disabled: true, onclick: () => once(look, news, async () => {
      await begin(false);
      return news.textContent;
    })
  }, said.compare);
  const mend = make('button', {
    id: 'repair', class: 'grave', disabled: true, onclick: () => ask({
      title: said.repair + ': ' + date, lines: [said.repairHelp], confirm: said.repair,
      isGrave: true, asks: ['by'], run: word => begin(true, word.by)
    })
  }, said.repair);
  const root = make('section', {'aria-labelledby': 'reconcile-title'},
    make('h2', {id: 'reconcile-title'}, said.title), make('p', {}, said.help),
    make('div', {class: 'line'}, look, mend, bar), news, result);
  async function begin(repair, by) {
    const job = await post('/v1/reconcile', {date, repair, by});
    follow(job);
    return job;
  }
  async function follow(begun) {
    let job = begun;
    isFollowing = true;
    while (job.running && root.isConnected) {
      bar.hidden = false;
      [bar.max, bar.value] = [Math.max(1, job.total), job.done];
      news.textContent = said.done.replace('{n}', number(job.done))
        .replace('{m}', number(job.total));
      await new Promise(done => setTimeout(done, lookMs));
      job = await get('/v1/reconcile').catch(() => ({...job, running: false, failure: '?'}));
    }
    isFollowing = false;
    bar.hidden = true;
    news.textContent = job.failure ? said.failed : job.unreachable ? said.unreachable
      : job.open > 0 ? said.differ.replace('{n}', number(job.open)) : said.agree;
    replace(result, outcome(job));
  }
  // What was found before this view was opened, when it was about this day.
  async function show(shown) {
    if (date === shown) return;
    date = shown;
    look.disabled = mend.disabled = false;
    const job = await get('/v1/reconcile').catch(() => null);
    if (job && job.date === date && !isFollowing) follow(job);
  }
  return {root, show};
}

function outcome(job) {
  const said = words().reconcile;
  const span = {since: job.from, until: job.to};
  const facts = [
    [said.total, payments(span, number(job.total))], [said.ours, yuan(job.ours)],
    [said.platform, yuan(job.platform)], [said.unknown, job.unknown ? yuan(job.unknown) : null],
    [said.neverSent, job.never_sent
      && payments({...span, sent: 'false'}, number(job.never_sent))],
    [said.underWay, job.under_way
      && payments({...span, state: 'pending,accepted,reversing'}, number(job.under_way))],
    [said.archived, job.archived && number(job.archived)]
  ];
  const rows = (job.differences || []).map(one => [
    link('#/payments/' + one.seq, one.seq), state(one.state),
    said.kinds[one.kind] || one.kind.replaceAll('_', ' '), yuan(one.ours),
    one.platform === undefined ? '?' : yuan(one.platform),
    one.repaired ? badge('ok', stateWord(one.repaired)) : badge('warn', said.open)
  ]);
  const advice = Object.keys(said.advice).filter(kind => (job.differences || [])
    .some(one => !one.repaired && (one.kind === kind || kind === 'archived' && one.archived)));
  return [
    make('dl', {class: 'facts'}, facts.filter(([, value]) => value).map(([name, value]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value)))),
    rows.length > 0 && table(said.differences, [
      [said.payment], [said.state], [said.kind], [said.ours, 'n'], [said.platform, 'n'],
      [said.repaired]
    ], rows),
    advice.map(kind => make('p', {class: 'hint'}, said.advice[kind])),
    job.failure && make('p', {lang: 'en'}, job.failure)
  ];
}
