extension PanelPage {
    /// Every text from the server goes through `textContent`, never through HTML.
    static let script = #"""
        'use strict';
        const $ = id => document.getElementById(id);
        const make = (tag, kind, text) => {
          const element = document.createElement(tag);
          if (kind) element.className = kind;
          if (text !== undefined) element.textContent = text;
          return element;
        };
        const yuan = fen => (fen < 0 ? '-' : '') + Math.floor(Math.abs(fen) / 100) + '.'
          + String(Math.abs(fen) % 100).padStart(2, '0');
        const fen = text => {
          const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim());
          return match ? Number(match[1]) * 100 + Number((match[2] || '').padEnd(2, '0')) : null;
        };
        const clock = ms => new Date(ms).toLocaleTimeString([], { hour12: false });
        const cardViews = new Map();
        let shown = null, timer = 0, messageTimer = 0;

        function say(text, kind) {
          $('message').textContent = text;
          $('message').className = kind;
          $('message').hidden = !text;
          clearTimeout(messageTimer);
          if (text && kind !== 'warn') messageTimer = setTimeout(() => say('', ''), 6000);
        }
        async function call(method, path, body) {
          try {
            const answer = await fetch(path, { method,
              headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
              body: body === undefined ? undefined : JSON.stringify(body) });
            if (answer.ok) return answer.status === 204 ? {} : await answer.json();
            const problem = await answer.json().catch(() => ({}));
            say(problem.detail || 'HTTP ' + answer.status, 'bad');
          } catch { say('The sandbox does not answer.', 'bad'); }
          return null;
        }

        function badge(st) {
          return make('span', 'badge ' + (!st ? 'good' : st === 'lost' ? 'bad' : 'warn'),
            st || 'normal');
        }
        function cardView(number) {
          const root = make('article', 'card'), head = make('div', 'bar');
          const name = make('span', 'name'), state = make('span');
          const balance = make('div', 'balance'), tap = make('button', 'main', 'Tap');
          const phone = make('div', 'number'), text = make('button', '', 'Text a code');
          const qr = make('button', '', 'Show a QR code');
          const edit = make('details'), form = make('form');
          const amount = make('input'), st = make('input');
          const rows = [['Yuan', amount], ['Status', st]].map(([text, input]) => {
            const label = make('label', '', text);
            label.append(input);
            return label;
          });
          amount.inputMode = 'decimal';
          st.placeholder = 'normal';
          st.maxLength = 32;
          form.append(...rows, make('button', '', 'Save'));
          edit.append(make('summary', '', 'Edit'), form);
          head.append(name, state);
          root.append(head, make('div', 'number', number), phone, balance, tap, qr, text,
            edit);
          tap.onclick = async () => {
            const order = { card: number, seconds: Number($('hold').value) || 0 };
            if ($('reader').value) order.reader = Number($('reader').value);
            tap.disabled = true;
            if (await call('POST', '/admin/taps', order)) say('Tapped.', 'good');
            tap.disabled = false;
          };
          qr.onclick = async () => {
            const session = await call('POST', '/admin/codes', { card: number });
            if (session) say('The phone shows ' + session.code, 'good');
          };
          text.onclick = async () => {
            const message = await call('POST', '/admin/messages', { phone: phone.textContent });
            if (message) say('The phone gets ' + message.code, 'good');
          };
          form.onsubmit = async event => {
            event.preventDefault();
            const value = fen(amount.value);
            if (value === null) return say('An amount is digits such as 12.50.', 'bad');
            const path = '/admin/cards/' + encodeURIComponent(number);
            if (await call('PUT', path, { balance: value, st: st.value.trim() || null })) {
              edit.open = false;
            }
          };
          return { root, update(card) {
            name.textContent = card.name || 'Card';
            state.replaceChildren(badge(card.st));
            balance.textContent = '¥ ' + yuan(card.balance);
            phone.textContent = card.phone || '';
            text.hidden = !card.phone;
            tap.setAttribute('aria-label', 'Tap ' + (card.name || number));
            if (edit.open) return;
            amount.value = yuan(card.balance);
            st.value = card.st || '';
          } };
        }

        function row(cells) {
          const line = make('tr');
          for (const [text, kind] of cells) line.append(make('td', kind, text));
          return line;
        }
        function tradeRow(trade) {
          const money = trade.charges > trade.refunds ? 'good' : '';
          return row([[clock(trade.created)], [trade.seq, 'mono'], [trade.card, 'mono'],
            [yuan(trade.amount), 'n'], [trade.status, money],
            [String(trade.charges), trade.charges > 1 ? 'n bad' : 'n'],
            [String(trade.refunds), 'n']]);
        }
        function messageRow(message) {
          return row([[clock(message.at)], [message.phone, 'mono'], [message.title],
            [message.code, 'mono']]);
        }
        function sessionRow(session) {
          const line = row([[clock(session.created)], [session.name, 'mono'],
            [session.code, 'mono'], [session.state]]);
          const cell = make('td');
          if (session.state === 'waiting') {
            const scan = make('button', '', 'Scan');
            scan.onclick = () => call('POST',
              '/admin/sessions/' + encodeURIComponent(session.name) + '/scan');
            cell.append(scan);
          }
          line.append(cell);
          return line;
        }
        function requestRow(request) {
          const bad = request.status === undefined || request.status >= 400;
          const done = request.milliseconds !== undefined;
          const answer = request.status !== undefined ? String(request.status)
            : done ? 'cut' : 'under way';
          return row([[clock(request.at)], [request.method + ' ' + request.path, 'mono'],
            [request.note || ''],
            [answer + (request.fault ? ' · ' + request.fault : ''), bad ? 'bad' : ''],
            [done ? String(request.milliseconds) : '', 'n']]);
        }
        function faultText(fault) {
          const parts = [fault.mode.replace('_', ' ')];
          if (fault.status) parts.push(String(fault.status));
          if (fault.milliseconds) parts.push(fault.milliseconds + ' ms');
          parts.push('on ' + ((fault.method || '') + ' ' + (fault.path || 'every call')).trim());
          if (fault.times) parts.push(fault.times + ' more');
          if (fault.probability !== undefined) parts.push('chance ' + fault.probability);
          return parts.join(', ');
        }
        function faultRow(fault, at) {
          const item = make('li', 'bar'), text = make('span', 'warn', faultText(fault));
          const remove = make('button', '', 'Remove');
          remove.onclick = () => call('PUT', '/admin/faults',
            shown.faults.filter((_, other) => other !== at));
          item.append(text, remove);
          return item;
        }

        function show(state) {
          shown = state;
          $('client').textContent = 'a look-alike of the payment platform · client '
            + state.client_id;
          $('network').setAttribute('aria-checked', String(state.up));
          $('network').textContent = state.up ? 'Network up' : 'Network down';
          for (const card of state.cards) {
            if (!cardViews.has(card.number)) {
              const view = cardView(card.number);
              cardViews.set(card.number, view);
              $('cards').append(view.root);
            }
            cardViews.get(card.number).update(card);
          }
          const chosen = $('reader').value;
          const options = [new Option(state.readers.length ? 'any' : 'none', '')];
          for (const reader of state.readers) {
            options.push(new Option(reader.port + (reader.busy ? ' (card in)' : ''), reader.port));
          }
          $('reader').replaceChildren(...options);
          $('reader').value = options.some(option => option.value === chosen) ? chosen : '';
          $('active').replaceChildren(...(state.faults.length ? state.faults.map(faultRow)
            : [make('li', 'quiet', 'None in force.')]));
          $('clear').disabled = !state.faults.length;
          $('messages').replaceChildren(...state.messages.map(messageRow));
          $('sessions').replaceChildren(...state.sessions.map(sessionRow));
          $('trades').replaceChildren(...state.trades.map(tradeRow));
          $('requests').replaceChildren(...state.requests.map(requestRow));
        }
        async function refresh() {
          timer = 0;
          try { show(await (await fetch('/admin/state')).json()); } catch { /* the stream tells */ }
        }

        $('network').onclick = () => call('PUT', '/admin/network', { up: !shown || !shown.up });
        $('clear').onclick = () => call('DELETE', '/admin/faults');
        $('fault').onsubmit = event => {
          event.preventDefault();
          const [mode, first, second] = $('fault-mode').value.split(':');
          const [method, path] = $('fault-where').value.split('|');
          const fault = { mode };
          if (method) fault.method = method;
          if (path) fault.path = path;
          if (mode === 'delay') fault.milliseconds = Number(first);
          if (mode === 'status') fault.status = Number(first);
          if (mode === 'status' && second) fault.milliseconds = Number(second);
          if ($('fault-times').value) fault.times = Number($('fault-times').value);
          if ($('fault-chance').value) fault.probability = Number($('fault-chance').value);
          call('PUT', '/admin/faults', [...(shown ? shown.faults : []), fault]);
        };
        const stream = new EventSource('/admin/events');
        stream.addEventListener('change', () => { timer = timer || setTimeout(refresh, 80); });
        stream.onopen = () => { say('', ''); refresh(); };
        stream.onerror = () => say('The sandbox is not running. Waiting for it …', 'warn');
        """#
}
