// Paying without a card: a QR code that is shown, or the code of a text message that is typed.
import {fill} from './payer-view.js';

const part = id => document.getElementById(id);
/** How long a shown code is asked about, and how often. */
const sessionSeconds = 120;
const askMilliseconds = 3000;
/** What the fields take; the code's length is no platform's promise. */
const forms = {phone: /^\+?\d{5,15}$/, code: /^\d{4,10}$/};

/** What is open: session, phone or code; null while nothing is. */
let way = null;
/** Rises with each step, so that an answer to an older one changes nothing. */
let step = 0;
let seq = '', note = '', seconds = 0, end = 0, isBusy = false;
let said = null, opener = null;

export const isOpen = () => way !== null;
export const isForm = () => way in forms;
export const isTyped = () => isForm() && forms[way].test(part('digits').value.trim());

async function call(method, path, body) {
  try {
    const answer = await fetch(path, {
      method, signal: AbortSignal.timeout(20000),
      ...body && {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)}
    });
    const json = await answer.json().catch(() => ({}));
    return {status: answer.status, seconds: answer.headers.get('Retry-After'), json};
  } catch {
    return {status: 0, json: {}};
  }
}

/** Gives a code for a payment. */
export const pay = (number, kind, code) =>
  call('POST', `/v1/payments/${number}/code`, {kind, code});

export function open(next, number) {
  if (way === null) opener = document.activeElement;
  [way, seq, note, end, isBusy] = [next, number, '', 0, false];
  step += 1;
  part('digits').value = '';
  part('picture').replaceChildren();
  draw();
  part(isForm() ? 'digits' : 'panel-title').focus();
  if (way === 'session') showCode(step);
}

/** Nothing of what was typed stays. */
export function close() {
  if (way === null) return;
  way = null;
  step += 1;
  part('digits').value = '';
  part('picture').replaceChildren();
  draw();
}

export function translate(words) {
  said = words;
  draw();
}

/** The time that a shown code has left, if the payment has more. */
export function tick(most = 0) {
  const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
  part('panel-left').textContent = end > 0 && left < most ? fill(said.codeLeft, left) : '';
}

function draw() {
  part('panel').hidden = way === null;
  document.body.classList.toggle('paneled', way !== null);
  if (way === null) return;
  part('panel').dataset.way = way;
  part('panel-title').textContent = said[way].title;
  part('panel-note').textContent = note ? fill(said.notes[note], seconds) : said[way].note;
  part('back').textContent = said.back;
  part('again').textContent = said.again;
  part('again').hidden = note !== 'over';
  part('typing').hidden = !isForm();
  part('pad').ariaLabel = said.pad;
  part('wipe').ariaLabel = said.wipe;
  part('digits-label').textContent = said[way].label ?? '';
  part('send').textContent = said[way].send ?? '';
  tick();
}

function tell(next, wait = 0) {
  [note, seconds, isBusy] = [next, wait, next === 'sending'];
  draw();
}

function refused({status, seconds: wait}) {
  if (status === 429) return tell('tooSoon', wait ?? 1);
  if (status === 400) return tell(way === 'phone' ? 'phoneRefused' : 'codeWrong');
  tell(status === 409 && way === 'code' ? 'gone' : 'away');
}

async function showCode(mine) {
  const made = await call('POST', '/v1/qr-sessions');
  if (mine !== step) return;
  if (made.status !== 201) return refused(made);
  const drawn = new DOMParser().parseFromString(made.json.svg, 'image/svg+xml').documentElement;
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-labelledby', 'panel-title');
  part('picture').replaceChildren(document.importNode(drawn, true));
  end = Date.now() + sessionSeconds * 1000;
  tell('ready');
  const last = await lastState(mine, made.json.session);
  if (mine !== step) return;
  end = 0;
  part('picture').replaceChildren();
  tell(last);
}

/** Asks until somebody has used the code or its time is over. */
async function lastState(mine, session) {
  while (mine === step && Date.now() < end) {
    await new Promise(wake => setTimeout(wake, askMilliseconds));
    const {json} = await call('GET', '/v1/qr-sessions/' + session);
    if (json.state === 'used') return 'used';
    if (json.state === 'expired') break;
  }
  return 'over';
}

async function submit(event) {
  event.preventDefault();
  if (isBusy) return;
  if (!isTyped()) return tell(way + 'Wrong');
  const mine = step, text = part('digits').value.trim(), number = seq;
  tell('sending');
  const answer = way === 'phone'
    ? await call('POST', '/v1/sms-codes', {phone: text}) : await pay(number, 'sms', text);
  if (mine !== step) return;
  if (answer.status === 204) open('code', number);
  else if (answer.status !== 200) refused(answer);
}

export function begin() {
  part('typing').addEventListener('submit', submit);
  part('pad').addEventListener('click', ({target}) => {
    if (target.type !== 'button') return;
    const field = part('digits'), typed = field.value;
    field.value = target.id === 'wipe' ? typed.slice(0, -1) : typed + target.textContent;
  });
  part('again').addEventListener('click', () => open('session', seq));
  part('back').addEventListener('click', () => {
    close();
    opener.focus();
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && isOpen()) part('back').click();
  });
}
