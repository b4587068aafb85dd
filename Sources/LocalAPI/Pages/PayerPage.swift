internal import FoundationEssentials

/// The page in front of the payer: it shows the agent's screen, and nothing else.
enum PayerPage {
    static func html(_ settings: APISettings) -> String {
        """
        <!doctype html>
        <html lang="\(settings.language)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escape(settings.terminalName))</title>
        <link rel="stylesheet" href="/payer.css">
        </head>
        <body data-language="\(settings.language)">
        <header>\(escape(settings.terminalName))</header>
        <main id="screen" data-kind="loading" role="status" aria-live="assertive">
        <p class="sign" id="sign" aria-hidden="true"></p>
        <h1 id="headline"></h1>
        <p class="amount" id="amount"></p>
        <p class="detail" id="detail"></p>
        </main>
        <script src="/payer.js"></script>
        </body>
        </html>
        """
    }

    static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    static let style = """
        :root { color-scheme: light; font-family: system-ui, "Noto Sans CJK SC", sans-serif; }
        * { box-sizing: border-box; margin: 0; }
        body { min-height: 100vh; display: flex; flex-direction: column;
          background: #f4f6f8; color: #14202b; }
        header { padding: 3vmin 4vmin; font-size: 3.5vmin; color: #42525f; }
        main { flex: 1; display: flex; flex-direction: column; align-items: center;
          justify-content: center; gap: 3vmin; padding: 4vmin; text-align: center; }
        h1 { font-size: 9vmin; line-height: 1.15; }
        .sign { font-size: 18vmin; line-height: 1; }
        .amount { font-size: 14vmin; font-weight: 700; font-variant-numeric: tabular-nums; }
        .detail { font-size: 4.5vmin; color: #33424e; max-width: 40em; }
        main[data-kind=approved] { background: #0b6b3a; color: #fff; }
        main[data-kind=declined], main[data-kind=cancelled] { background: #a31515; color: #fff; }
        main[data-kind=out_of_service], main[data-kind=loading] {
          background: #33424e; color: #fff; }
        main[data-kind=approved] .detail, main[data-kind=declined] .detail,
        main[data-kind=cancelled] .detail, main[data-kind=out_of_service] .detail { color: #fff; }
        """

    static let script = """
        'use strict';
        const words = {
          zh: {
            loading: ['…', '正在连接', ''], idle: ['○', '欢迎', '请等待收银员输入金额'],
            price: ['▢', '请刷卡', ''], awaiting_card: ['▢', '请刷卡', ''],
            reading: ['◌', '正在读卡', '请勿移开卡片'], paying: ['◌', '正在支付', '请稍候'],
            approved: ['✓', '支付成功', ''], declined: ['✕', '支付失败', ''],
            cancelled: ['–', '已取消', ''], out_of_service: ['!', '暂停服务', ''],
            balance: '余额', offline: '离线支付，稍后入账',
            reasons: {
              card_lost: '此卡已挂失，请联系卡务中心', card_unknown: '系统不认识此卡',
              card_not_normal: '此卡状态异常', card_unreadable: '读卡失败，请重新刷卡',
              balance_too_low: '余额不足，请充值', platform_refused: '平台拒绝了此次支付',
              period_limit: '本餐次数已用完', storage_failed: '终端故障，请联系工作人员',
              other: '网络不可用，暂时无法支付'
            }
          },
          en: {
            loading: ['…', 'Connecting', ''], idle: ['○', 'Welcome', 'Please wait for the amount'],
            price: ['▢', 'Please tap your card', ''],
            awaiting_card: ['▢', 'Please tap your card', ''],
            reading: ['◌', 'Reading', 'Hold the card still'], paying: ['◌', 'Paying', 'One moment'],
            approved: ['✓', 'Approved', ''], declined: ['✕', 'Declined', ''],
            cancelled: ['–', 'Cancelled', ''], out_of_service: ['!', 'Out of service', ''],
            balance: 'Balance', offline: 'Paid offline, booked later',
            reasons: {
              card_lost: 'This card is reported lost. Please ask the card office.',
              card_unknown: 'The system does not know this card.',
              card_not_normal: 'This card cannot pay. Please ask the card office.',
              card_unreadable: 'The card could not be read. Please tap again.',
              balance_too_low: 'The balance is too low. Please top up.',
              platform_refused: 'The payment was refused.',
              period_limit: 'This card has paid for this meal already.',
              storage_failed: 'The terminal has a fault. Please ask the staff.',
              other: 'The network is down; this payment is not possible now.'
            }
          }
        };
        const said = words[document.body.dataset.language] || words.en;
        const part = id => document.getElementById(id);
        const yuan = fen => '¥ ' + (fen / 100).toFixed(2);

        function detail(screen, standard) {
          if (screen.kind === 'declined') return said.reasons[screen.reason] || said.reasons.other;
          if (screen.kind === 'out_of_service') return (screen.problems || []).join(' · ');
          if (screen.kind !== 'approved') return screen.title || standard;
          const lines = [];
          if (screen.balance !== undefined) lines.push(said.balance + ' ' + yuan(screen.balance));
          if (screen.offline) lines.push(said.offline);
          return lines.join(' · ');
        }

        // A scanner that types: its text, ended by Enter or Tab, pays the payment that waits. A
        // part of a code must not pass for a whole one, so a pause inside spoils it.
        let waiting = null;
        let scan = {text: '', at: -Infinity, isWhole: true};
        function typed(event) {
          const pause = performance.now() - scan.at;
          if (pause > 2000) scan = {text: '', at: 0, isWhole: true};
          if (pause > 300 && scan.text !== '') scan.isWhole = false;
          scan.at = performance.now();
          if (event.key === 'Enter' || event.key === 'Tab') {
            event.preventDefault();
            if (scan.isWhole && scan.text !== '') give(scan.text);
            scan = {text: '', at: scan.at, isWhole: true};
          } else if (event.key.length === 1 && scan.text.length < 512) {
            scan.text += event.key;
          }
        }

        function give(code) {
          if (waiting === null) return;
          fetch('/v1/payments/' + waiting + '/code', {
            method: 'POST', headers: {'Content-Type': 'application/json'},
            body: JSON.stringify({kind: 'qr', code})
          }).catch(() => show({kind: 'loading'}));
        }

        function show(screen) {
          waiting = screen.kind === 'awaiting_card' ? screen.seq : null;
          const [sign, headline, standard] = said[screen.kind];
          part('screen').dataset.kind = screen.kind;
          part('sign').textContent = sign;
          part('headline').textContent = headline;
          part('amount').textContent = screen.amount === undefined ? '' : yuan(screen.amount);
          part('detail').textContent = detail(screen, standard);
        }

        function listen() {
          const stream = new EventSource('/v1/events?page=payer');
          stream.addEventListener('screen', event => show(JSON.parse(event.data)));
          // Another name or language came with a reload of the configuration.
          stream.addEventListener('status', event => {
            const {name, language} = JSON.parse(event.data).terminal;
            const isShown = name === document.querySelector('header').textContent
              && language === document.body.dataset.language;
            if (!isShown) location.reload();
          });
          stream.addEventListener('error', () => {
            show({kind: 'loading'});
            // A refusal ends the stream for good; a broken connection does not.
            if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
          });
        }

        show({kind: 'loading'});
        document.addEventListener('keydown', typed);
        listen();
        """
}
