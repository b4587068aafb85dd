// Asks before something is done that cannot be taken back by looking away.
import {field, make, once} from './operator-dom.js';
import {words} from './operator-words.js';

const nameKey = 'kiosk-operator-name';

// Opens a dialog that says what will happen. `run` gets {why, by} and does it; a refusal of the
// agent is shown and leaves the dialog open. Resolves to what `run` gave; undefined when nothing
// was done.
export function ask({title, lines, confirm, isGrave, asks = [], run}) {
  const said = words().dialog;
  const opener = document.activeElement.id;
  const inputs = Object.fromEntries(asks.map(name => [name, make('input', {
    type: 'text', required: true, maxlength: 128, autocomplete: 'off',
    value: name === 'by' ? sessionStorage.getItem(nameKey) || '' : ''
  })]));
  const news = make('p', {role: 'alert', class: 'answer'});
  const go = make('button', {class: isGrave ? 'main grave' : 'main', id: 'confirm'}, confirm);
  const stop = make('button', {type: 'button', id: 'stop'}, said.stop);
  const form = make('form', {},
    make('h2', {id: 'dialog-title'}, title), lines.map(line => make('p', {}, line)),
    asks.map(name => field('dialog-' + name, said[name], inputs[name], said.hints[name])),
    news, make('div', {class: 'line'}, go, stop));
  const dialog = make('dialog', {'aria-labelledby': 'dialog-title'}, form);
  return new Promise(done => {
    let outcome;
    stop.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (document.activeElement === document.body) {
        (document.getElementById(opener) || document.querySelector('main h1')).focus();
      }
      done(outcome);
    });
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const given = Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]));
      const missing = asks.find(name => given[name] === '');
      if (missing) {
        news.textContent = said.missing.replace('{n}', said[missing]);
        inputs[missing].focus();
        return;
      }
      if (given.by) sessionStorage.setItem(nameKey, given.by);
      await once(go, news, async () => {
        news.textContent = said.doing;
        outcome = await run(given);
        dialog.close();
      });
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
