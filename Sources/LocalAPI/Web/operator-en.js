export default {
  otherLanguage: '中文', languageChanged: 'The page is in English now.', signOut: 'Sign out',
  skip: 'Skip to the content', navigation: 'Views',
  nav: {now: 'Now', payments: 'Payments', 'lost-cards': 'Lost cards', day: 'Day'},
  units: {d: 'd', h: 'h', min: 'min', s: 's'},
  link: {live: '● live', cut: '✕ no connection to the agent'},
  states: {}, reasons: {}, who: {agent: 'the agent', pos: 'the till'},
  screens: {
    idle: 'idle', price: 'price shown', awaiting_card: 'waits for a tap', reading: 'reading',
    paying: 'paying', approved: 'approved', declined: 'declined', cancelled: 'cancelled',
    out_of_service: 'out of service'
  },
  problems: {
    0: 'The agent does not answer.', 404: 'There is no such thing here.',
    409: 'Not possible now.', 429: 'Too many calls at once; try again in a second.',
    503: 'Not possible at the moment; try again later.', invalid: 'The agent does not take this.',
    other: 'That did not work.'
  },
  signIn: {
    title: 'Operator', token: 'Operator token', button: 'Sign in', checking: 'Checking…',
    hint: 'From /etc/kiosk-agent/operator_token. It stays in this tab until you sign out or close '
      + 'it.',
    wrong: 'The token is wrong ({n}).',
    slow: 'The agent took {n} s to say so: after several wrong tokens each further one waits.',
    off: 'Operator calls are off: no operator token is configured.',
    tooMany: 'Too many wrong tokens at once; wait a moment.',
    ended: 'The token is not valid any more. Sign in again.'
  },
  parts: {
    reader: 'Card reader', platform: 'Platform', storage: 'Storage', mirror: 'Mirror',
    clock: 'Clock', list: 'Lost list', scanners: 'Scanners', doubt: 'In doubt',
    sync: 'Forwarding', limit: 'Offline limit', screen: 'Payer’s screen'
  },
  now: {
    title: 'Now', health: 'At a glance', queue: 'Open payments',
    waiting: 'Why they wait', simulated: 'simulated', trouble: 'trouble', ready: 'ready',
    noReader: 'no reader', noService: 'no reader service', inOrder: 'in order',
    platform: {online: 'online', degraded: 'degraded', offline: 'offline'}, since: 'for {n}',
    storage: {full: 'full', read_only: 'read-only', failing: 'failing', corrupt: 'damaged'},
    notSetUp: 'not set up', kept: 'synchronised', notKept: 'not synchronised',
    noList: 'none imported', lostCards: 'lost cards', tooOld: 'too old', inForce: 'in force',
    cards: '{n} cards',
    ageOf: '{n} old', none: 'none', look: 'please look',
    doubt: 'declined, and perhaps paid: compare the day with the platform', stopped: 'stopped',
    stoppedHelp: 'Three cards in a row were refused. Look why, then press “Forward now”.',
    pausing: 'pausing', delivering: '{n} under way', backingOff: '{n} after a failed try',
    notAllowed: 'not allowed', usedUp: 'used up', nearlyUsed: 'nearly used up', free: 'free',
    used: '{n} of {m}', nothing: 'Nothing waits.', state: 'State', count: 'Count', sum: 'Amount',
    oldest: 'Oldest', made: 'Made', age: 'Age', why: 'Why', all: 'All that wait',
    syncing: 'Forwarding', syncNow: 'Forward now', left: '{n} of {m} left', allSent: 'Nothing '
      + 'is left to forward.', stuck: '{n} left; the platform takes nothing now.'
  },
  waiting: {
    why: {
      payer: 'its payer', answer: 'being dealt with now', decision: 'your decision',
      release: 'forwarding is stopped', other_platform: 'its platform is not the configured one',
      network: 'no way to the platform', pause: 'a pause after a failed try',
      card: 'another payment of its card', turn: 'its turn'
    },
    trouble: {
      no_connection: 'no connection', no_token: 'no token from the platform',
      credentials: 'credentials refused', redirected: 'sent elsewhere', no_answer: 'no answer',
      not_now: 'the platform says later', processing: 'the platform is not done',
      absent: 'not there yet', refused: 'refused, to be confirmed'
    },
    tries: 'failed {n} times', next: 'next'
  },
  payments: {
    title: 'Payments', search: 'Search payments', allStates: 'all states',
    fields: {
      card: 'Card ends with', reference: 'Reference', state: 'State', since: 'From',
      until: 'Before'
    },
    hints: {card: '1 to 8 letters or digits'},
    find: 'Search', clear: 'Clear', also: 'Also asked for', without: 'remove',
    flags: {
      offline: {true: 'approved offline', false: 'not approved offline'},
      sent: {true: 'sent to the platform', false: 'never sent'},
      paid: {true: 'paid at the platform', false: 'not known as paid'}
    },
    lookedAt: '{n} payments were looked at.', none: 'No payments.',
    noneHere: 'None among these; older ones may fit.',
    columns: {
      made: 'Made', sum: 'Amount', state: 'State', why: 'Why', card: 'Card',
      reference: 'Reference', title: 'Title'
    },
    pages: 'Pages', newest: '← Newest', older: 'Older →', first: '← First', more: 'More →',
    exportAll: 'Export all as a journal', exportThese: 'Export this state as a journal',
    exporting: 'Reading…', exported: 'Saved.',
    exportHint: 'Signed; another machine can replay it. It holds whole card numbers.'
  },
  payment: {
    title: 'Payment', back: '← Payments', decide: 'Decide', history: 'History', state: 'State',
    why: 'Why', approval: 'Approval', offline: 'offline', name: 'Title', reference: 'Reference',
    card: 'Card', made: 'Made', changed: 'Changed', told: 'Payer told', nobody: 'nobody yet',
    attempts: 'Sent', order: 'Order number', trade: 'Trade', taken: 'Taken', balance: 'Balance',
    when: 'When', reason: 'Reason', by: 'By', note: 'Note'
  },
  decisions: {
    none: 'Nothing is to be decided.', done: 'Done: {n}.',
    submit: {
      button: 'Charge again',
      held: 'The platform is asked first. If it has not charged the payment, {n} is sent to it '
        + 'once more, also for a lost card.',
      all: 'The platform is asked first. If it has not charged the payment, {n} is offered to it '
        + 'once more.'
    },
    'write-off': {
      button: 'Write off',
      reversing: 'The terminal stops trying to give {n} back: you have settled it by hand.',
      all: 'The platform is asked first. If it has not charged the payment, {n} is lost and the '
        + 'card is never charged. If it has, the payment is settled.'
    },
    reverse: {
      button: 'Reverse',
      settled: '{n} goes back to the card. It is tried until the platform confirms it.',
      doubt: 'What our card paid under this number is given back. Another card’s order is not '
        + 'touched.',
      all: 'The card is not charged {n}; what was charged already goes back.'
    },
    cancel: {button: 'Cancel', all: 'The payment of {n} ends without a tap.'}
  },
  dialog: {
    why: 'Reason', by: 'Your name', stop: 'Do nothing', doing: 'One moment…',
    missing: 'Please fill in: {n}.',
    hints: {why: 'Stays in the history for ever.', by: 'Stays beside it.'}
  },
  cards: {
    title: 'Lost cards', total: 'Refused at this terminal: {n}',
    noList: 'No list was imported.', imported: 'The imported list has {n} cards and is {m} old',
    tooOld: 'too old: nothing is approved offline', add: 'Block a card', card: 'Card',
    cardHint: 'The whole number, as the reader gives it', addKey: 'Block', added: 'Blocked.',
    load: 'Import a list', file: 'File', loadKey: 'Replace the list',
    fileHint: 'One number a line; it takes the place of the imported list.',
    loaded: 'Imported: {n} cards.', none: 'No cards.', source: 'From', since: 'Since',
    lift: 'Lift', liftedBy: '–', remove: 'Unblock', removed: 'The card may pay again.',
    removeHelp: 'The card may pay again at this terminal, unless the platform or the imported list '
      + 'blocks it.',
    sources: {platform: 'the platform', operator: 'an operator', import: 'the imported list'}
  },
  day: {
    title: 'Day', days: 'Days', today: 'Today', chart: 'Over the day', files: 'Files',
    none: 'No payments on this day.', totals: 'Totals', what: 'What', count: 'Count',
    sum: 'Amount', taken: 'Taken', approved: 'approved', offline: 'of these offline',
    total: 'total', away: '{n} payments are in an archive and not in the chart or the lists.',
    legend: {
      online: 'approved online', offline: 'approved offline', refused: 'refused',
      half: 'half waited at most', most: '95 of 100 waited at most'
    },
    columns: [
      'From', 'Payments', 'Approved', 'Offline', 'Refused', 'Amount', 'Wait, half',
      'Wait, 95 of 100'
    ],
    asTable: 'The chart as a table',
    waitHelp: 'The wait lasts from the tap to the decision, by the terminal’s clock; 0.00 was '
      + 'decided at the tap.',
    download: 'Report as {n}', journal: 'Journal of payments', perQuarter: 'payments in 15 min',
    waitTitle: 'seconds from tap to answer',
    summary: 'Chart: {n} payments, {m} of the approved ones offline, {r} refused; in the slowest '
      + 'quarter of an hour 95 of 100 waited {s} s at most. The numbers follow as a table.'
  },
  reconcile: {
    title: 'Compare with the platform',
    help: 'Asks the platform about every payment of this day.', compare: 'Compare',
    repair: 'Compare and repair', progress: 'Comparison',
    repairHelp: 'Charges settle who was told “yes” and go back to who was told “no”. All else is '
      + 'left to people.',
    done: '{n} of {m} compared', failed: 'It could not be done.',
    unreachable: 'The platform could not be reached any more; the rest was not compared.',
    differ: 'Open differences: {n}.', agree: 'No difference is open.', total: 'Payments',
    ours: 'Ours', platform: 'Platform', unknown: 'No word on', neverSent: 'Never sent',
    underWay: 'Under way', archived: 'Archived', differences: 'Differences', payment: 'Payment',
    state: 'State', kind: 'What', repaired: 'Repaired', open: 'open', kinds: {},
    advice: {
      charged_in_doubt: 'charged in doubt: the number is paid, perhaps by another card. Compare '
        + 'card and time at the platform; “Reverse” undoes what our card paid.',
      earlier_order_charged: 'earlier order charged: a number that the payment gave up is paid. '
        + 'Refund it there if the payer owes nothing or has paid already.',
      archived: 'Nothing is changed in an archive: settle it at the platform.'
    }
  }
};
