// What a screen of the agent means for people; knows neither the page nor the time.

/** Fen as yuan, without floating point. */
export function yuan(fen) {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return (fen < 0 ? '-' : '') + whole + '.' + digits.slice(-2);
}

export const fill = (text, n) => text.replace('{n}', n);

export const isOutcome = kind => ['approved', 'declined', 'cancelled'].includes(kind);
export const isRest = kind => kind === 'idle' || kind === 'price';

/** The same screen again has the same key. */
export const keyOf = screen => [screen.kind, screen.seq, screen.amount, screen.reason].join(' ');

function kindOf(screen) {
  if (screen.kind === 'approved' && screen.offline) return 'approved_offline';
  return screen.reason === 'card_lost' ? 'card_lost' : screen.kind;
}

/** The agent's words for staff are English; its status says the same in members. */
function troubleOf({storage, reader}) {
  if (!storage.ok) return storage.trouble ?? 'other';
  if (!reader.service) return 'no_service';
  return reader.names.length === 0 ? 'no_reader' : 'other';
}

/** What became of the money; a doubt is for people. */
const moneyOf = ({returning, reason}) => returning ? 'back'
  : reason === 'platform_conflict' ? 'doubt' : 'none';

/** The texts of a screen; `status` is the agent's, null until it is known. */
export function view(screen, status, said) {
  const kind = kindOf(screen);
  // Where each tap pays, nobody names an amount later.
  const isClosed = kind === 'idle' && status?.terminal.mode === 'fixed';
  const [headline, detail = '', next = ''] = said.screens[isClosed ? 'closed' : kind];
  const seen = {
    kind, headline, detail, next, amount: '', spoken: '', money: '', staff: '', problem: ''
  };
  if (screen.amount !== undefined) {
    seen.amount = '¥ ' + yuan(screen.amount);
    seen.spoken = fill(said.yuan, yuan(screen.amount));
  }
  if (screen.balance !== undefined) seen.money = `${said.balance} ¥ ${yuan(screen.balance)}`;
  if (screen.kind === 'declined') seen.money = said.money[moneyOf(screen)];
  if (screen.title) seen.detail = screen.title;
  if (screen.title && status && !status.reader.ready) seen.headline = said.showCode;
  if (kind === 'declined') {
    [seen.detail, seen.next] = said.reasons[screen.reason] ?? said.reasons.other;
  }
  if (kind === 'out_of_service') {
    const trouble = status ? troubleOf(status) : 'other';
    seen.staff = said.forStaff + said.troubles[trouble];
    // The agent's own words are English, and of a reader no more than these.
    if (!trouble.startsWith('no_')) seen.problem = screen.problems.join(' · ');
  }
  return seen;
}

/** All of it in one sentence, for who listens. */
export const spoken = seen =>
  [seen.headline, seen.spoken, seen.detail, seen.money, seen.next, seen.staff]
    .filter(text => text !== '').join(' ');
