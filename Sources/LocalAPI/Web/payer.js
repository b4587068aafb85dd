// The page in front of the payer: it shows the agent's screen, and the ways to pay without a card.
import * as codes from './payer-codes.js';
import {listenForScans} from './payer-scanner.js';
import {isMuted, mute, play} from './payer-sound.js';
import {fill, isOutcome, isRest, keyOf, spoken, view} from './payer-view.js';
import {language, setLanguage, words} from './payer-words.js';

const part = id => document.getElementById(id);
/** A stream says a word every 15 s; one that does not is dead, whatever the browser thinks. */
const silenceMax = 40000;
/** The agent shows an outcome for 8 s at most; what stays longer is not its word any more. */
const outcomeMax = 12000;
/** A tick that comes so late tells that the machine slept, or that its clock was set. */
const lateMax = 5000;
/** A language that was chosen and then left alone. */
const choiceMax = 30000;
/** When the time that is left is told to who listens, in seconds. */
const steps = [30, 10];

let screen = {kind: 'connecting'}, status = null, stream = null;
let chosen = null, touchedAt = 0;
let shownAt = 0, heardAt = 0, tickedAt = Date.now();
/** How far the agent's clock is ahead; how long the tap may take; what was told of it. */
let ahead = 0, total = 0, told = Infinity;
/** The last screen of the agent's, and what listeners heard last. */
let lastKey = '', announced = '', newsTimer = 0;

const waiting = () => screen.kind === 'awaiting_card' ? screen.seq : null;
const left = () => Math.max(0, Math.ceil((screen.expires_at - ahead - Date.now()) / 1000));

function render() {
  setLanguage(chosen ?? status?.terminal.language, render);
  const said = words();
  // Until the texts of the terminal's language are here the page greets in both.
  if (!said) return;
  const seen = view(screen, status, said);
  document.body.dataset.kind = seen.kind;
  for (const id of ['headline', 'amount', 'detail', 'money', 'next', 'staff', 'problem']) {
    part(id).textContent = seen[id];
  }
  part('name').textContent = status?.terminal.name ?? '';
  part('language').textContent = said.other;
  const tags = language() === 'zh' ? ['zh-CN', 'en'] : ['en', 'zh-CN'];
  [document.documentElement.lang, part('language').lang] = tags;
  part('sound-word').textContent = said.sound;
  part('sound').ariaPressed = String(!isMuted());
  const isOnline = status !== null && status.platform.state !== 'offline';
  part('ways').hidden = waiting() === null || !isOnline;
  part('qr').textContent = said.qr;
  part('sms').textContent = said.sms;
  part('hint').textContent = waiting() !== null && status && !isOnline ? said.noCodes : '';
  part('time').hidden = waiting() === null;
  codes.translate(said);
  drawTime();
  announce(spoken(seen), screen.kind === 'connecting' ? 1500 : 100);
}

/** Each change is told once; a line that is back at once was never away. */
function announce(text, after) {
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    if (text !== announced) part('news').textContent = text;
    announced = text;
  }, after);
}

function drawTime() {
  if (waiting() === null || !words()) return;
  const seconds = left(), text = fill(words().left, seconds);
  part('left').textContent = text;
  part('bar').max = total;
  part('bar').value = seconds;
  part('bar').ariaLabel = text;
  const step = steps.find(step => seconds <= step && step < told && step < total);
  if (step === undefined) return;
  told = Math.min(...steps.filter(step => seconds <= step));
  part('steps').textContent = text;
}

function show(next) {
  const key = keyOf(next), isNew = key !== lastKey, wasOpen = codes.isOpen();
  if (next.kind !== 'awaiting_card' || next.seq !== screen.seq) codes.close();
  if (isRest(next.kind) && isOutcome(screen.kind)) chosen = null;
  [screen, shownAt] = [next, Date.now()];
  if (waiting() !== null && isNew) [total, told] = [left(), Infinity];
  if (wasOpen && !codes.isOpen()) part('screen').focus();
  render();
  if (next.kind === 'connecting') return;
  if (isNew) play(next.kind);
  // Whether codes are possible, and what staff must mend.
  if (isNew && (waiting() !== null || next.kind === 'out_of_service')) ask();
  lastKey = key;
}

function learn(next) {
  // After an upgrade this page is the old one.
  if (status && status.terminal.version !== next.terminal.version) location.reload();
  if (status && status.terminal.language !== next.terminal.language) chosen = null;
  [status, ahead] = [next, next.now - Date.now()];
  document.title = next.terminal.name;
  render();
}

async function ask() {
  try {
    const answer = await fetch('/v1/status', {signal: AbortSignal.timeout(10000)});
    if (answer.ok) learn(await answer.json());
  } catch { /* the stream tells when the agent is back */ }
}

/** Begins anew: what is shown until the agent's word comes is that there is none. */
function listen() {
  stream?.close();
  heardAt = Date.now();
  show({kind: 'connecting'});
  const mine = new EventSource('/v1/events?page=payer');
  stream = mine;
  const hear = (name, take) => mine.addEventListener(name, event => {
    if (stream !== mine) return;
    heardAt = Date.now();
    take(event);
  });
  hear('open', ask);
  hear('screen', event => show(JSON.parse(event.data)));
  hear('status', event => learn(JSON.parse(event.data)));
  hear('alive', () => { if (status === null) ask(); });
  hear('error', () => {
    show({kind: 'connecting'});
    // A refusal ends the stream for good; a broken connection does not.
    if (mine.readyState !== EventSource.CLOSED) return;
    setTimeout(() => { if (stream === mine) listen(); }, 2000);
  });
}

function tick() {
  const now = Date.now(), isLate = Math.abs(now - tickedAt) > lateMax;
  tickedAt = now;
  const age = now - shownAt;
  const isStale = isOutcome(screen.kind) ? age > outcomeMax
    : waiting() !== null && age > total * 1000 + outcomeMax;
  if (isLate || isStale || now - heardAt > silenceMax) return listen();
  if (chosen !== null && isRest(screen.kind) && now - touchedAt > choiceMax) {
    chosen = null;
    render();
  }
  drawTime();
  codes.tick(left());
}

async function give(code) {
  if (waiting() === null) return;
  const answer = await codes.pay(waiting(), 'qr', code);
  if (answer.status === 0) return listen();
  if (answer.status < 400 || waiting() === null) return;
  part('hint').textContent = words().scanRefused;
  announce(words().scanRefused, 0);
}

function switchLanguage() {
  chosen = language() === 'en' ? 'zh' : 'en';
  render();
}

function switchSound() {
  mute(!isMuted());
  render();
  play('awaiting_card');
}

part('language').addEventListener('click', switchLanguage);
part('sound').addEventListener('click', switchSound);
part('qr').addEventListener('click', () => codes.open('session', waiting()));
part('sms').addEventListener('click', () => codes.open('phone', waiting()));
codes.begin();
listenForScans(give, codes.isForm, codes.isTyped);
for (const name of ['keydown', 'pointerdown']) {
  document.addEventListener(name, () => { touchedAt = Date.now(); }, true);
}
document.addEventListener('keydown', event => {
  const action = {F2: switchLanguage, F9: switchSound}[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) listen(); });
addEventListener('pageshow', event => { if (event.persisted) listen(); });
// The terminal's language comes first, so that no other's texts are fetched.
await ask();
setInterval(tick, 500);
listen();
