// The operator's page: who is signed in, which view is open, and what keeps it up to date.
import {make, replace, say} from './operator-dom.js';
import {language, setLanguage, words} from './operator-words.js';
import {check, forgetToken, hasToken, keepToken, publicStatus, Refusal} from './operator-api.js';
import {now} from './operator-now.js';
import {payment} from './operator-payment.js';
import {payments} from './operator-payments.js';
import {lostCards} from './operator-cards.js';
import {day} from './operator-day.js';

const views = {now, payments, 'lost-cards': lostCards, day};
const part = id => document.getElementById(id);
// Changes come in bursts: one look at the agent serves them all.
const gatherMs = 400;
// Ages grow and a signal may be lost, so the view is renewed without one, too.
const renewMs = 15000;

let open = null;
let terminal = null;
let wrongTokens = 0;

// The view, what stands behind it in the path, and the query of an address such as
// #/payments/K0011767614400000?x=y
function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  return {
    name: views[name] ? name : 'now', rest,
    query: Object.fromEntries(new URLSearchParams(query))
  };
}

function head() {
  const said = words();
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  part('skip').textContent = said.skip;
  part('language').textContent = said.otherLanguage;
  part('language').lang = language() === 'zh' ? 'en' : 'zh-CN';
  part('out').textContent = said.signOut;
  part('out').hidden = part('nav').hidden = !hasToken();
  part('nav').setAttribute('aria-label', said.navigation);
  part('name').textContent = terminal ? terminal.name + ' · ' + terminal.id : 'kiosk-agent';
  const here = route().name;
  replace(part('nav'), Object.keys(views).map(name => make('a', {
    href: '#/' + name, 'aria-current': name === here ? 'page' : false
  }, said.nav[name])));
}

// Opens what the address names; `moves` puts the focus on its heading.
function show(moves) {
  head();
  if (!hasToken()) return signIn();
  const where = route();
  const view = where.name === 'payments' && where.rest[0] ? payment : views[where.name];
  const root = make('div', {class: 'view'});
  const trouble = make('p', {class: 'trouble', role: 'alert', hidden: true});
  part('main').replaceChildren(trouble, root);
  open = {trouble, refresh: view(root, where), busy: false, again: false};
  const title = root.querySelector('h1');
  document.title = [title.textContent, terminal && terminal.name].filter(Boolean).join(' · ');
  title.tabIndex = -1;
  if (moves) {
    title.focus({preventScroll: true});
    scrollTo(0, 0);
  }
  renew();
}

// Brings the open view up to date, one look at a time.
async function renew() {
  const view = open;
  if (!view) return;
  if (view.busy) {
    view.again = true;
    return;
  }
  view.busy = true;
  try {
    await view.refresh();
    view.trouble.hidden = true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.status === 401 || refusal.status === 403) return signOut(words().signIn.ended);
    view.trouble.textContent = refusal.sentence + ' ' + refusal.message;
    view.trouble.hidden = false;
  } finally {
    view.busy = false;
  }
  if (view.again) {
    view.again = false;
    soon();
  }
}

let timer = null;
function soon() {
  if (timer !== null) return;
  timer = setTimeout(() => {
    timer = null;
    renew();
  }, gatherMs);
}

function signOut(message) {
  forgetToken();
  open = null;
  head();
  signIn(message);
}

function signIn(message = '') {
  const said = words().signIn;
  const token = make('input', {
    type: 'password', id: 'token', autocomplete: 'off', required: true, spellcheck: 'false',
    'aria-describedby': 'token-hint sign-in-news'
  });
  const news = make('p', {id: 'sign-in-news', class: 'answer', role: 'alert'}, message);
  const button = make('button', {class: 'main'}, said.button);
  const form = make('form', {class: 'sign-in', novalidate: true, onsubmit: enter},
    make('h1', {}, said.title), make('label', {for: 'token'}, said.token), token,
    make('p', {class: 'hint', id: 'token-hint'}, said.hint), button, news);
  async function enter(event) {
    event.preventDefault();
    const given = token.value.trim();
    const began = performance.now();
    button.disabled = true;
    news.textContent = said.checking;
    try {
      await check(given);
      keepToken(given);
      wrongTokens = 0;
      show(true);
    } catch (refusal) {
      news.textContent = refused(refusal, performance.now() - began);
      token.setAttribute('aria-invalid', 'true');
      button.disabled = false;
      token.value = '';
      token.focus();
    }
  }
  document.title = said.title;
  part('main').replaceChildren(form);
  token.focus();
}

// Why a token was not taken, and how long the agent took its time.
function refused(refusal, waited) {
  const said = words().signIn;
  if (!(refusal instanceof Refusal)) throw refusal;
  if (refusal.status === 403) return said.off;
  if (refusal.status === 429) return said.tooMany;
  if (refusal.status !== 401) return refusal.sentence;
  wrongTokens += 1;
  const lines = [said.wrong.replace('{n}', wrongTokens)];
  if (waited >= 200) lines.push(said.slow.replace('{n}', (waited / 1000).toFixed(1)));
  return lines.join(' ');
}

// Whether the agent can be heard.
let isLive = false;
function tellLink() {
  part('link').className = isLive ? 'live' : 'cut';
  part('link').textContent = words().link[part('link').className];
}

// The agent's events say that something is new; what it is, a call with the token tells.
function listen() {
  const stream = new EventSource('/v1/events');
  stream.addEventListener('open', () => {
    isLive = true;
    tellLink();
    soon();
  });
  for (const name of ['payment', 'status', 'screen', 'reconcile', 'reset']) {
    stream.addEventListener(name, soon);
  }
  stream.addEventListener('error', () => {
    isLive = false;
    tellLink();
    // A refusal ends the stream for good; a broken connection does not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

async function begin() {
  try {
    terminal = (await publicStatus()).terminal;
  } catch {
    // The page says by itself that nobody answers.
  }
  await setLanguage(sessionStorage.getItem('kiosk-language') || (terminal || {}).language);
  part('skip').addEventListener('click', event => {
    event.preventDefault();
    part('main').focus();
  });
  part('language').addEventListener('click', async () => {
    await setLanguage(language() === 'zh' ? 'en' : 'zh');
    sessionStorage.setItem('kiosk-language', language());
    show(false);
    tellLink();
    say(words().languageChanged);
  });
  part('out').addEventListener('click', () => signOut());
  addEventListener('hashchange', () => show(true));
  addEventListener('resize', soon);
  setInterval(renew, renewMs);
  listen();
  show(false);
}

begin();
