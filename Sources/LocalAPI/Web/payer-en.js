const cardOffice = 'Please ask the card office.';
const anotherWay = 'Please use another card or another way to pay.';
const askStaff = 'Please ask the staff.';
const later = 'Please try again later or pay another way.';
const elsewhere = 'Please use another terminal or pay another way.';

export default {
  other: '中文',
  screens: {
    connecting: ['Connecting', 'The terminal is coming back. One moment, please.'],
    idle: ['Welcome', 'Please wait for the amount.'],
    closed: ['Welcome', 'Nothing is to be paid at this time of day.'],
    price: ['Please tap your card'],
    awaiting_card: ['Please tap your card'],
    reading: ['Reading', 'Hold the card still.'],
    paying: ['Paying', 'One moment, please.'],
    approved: ['Approved'],
    approved_offline: ['Approved offline',
      'You have paid. The card is charged when the network is back.'],
    declined: ['Declined'],
    card_lost: ['Card reported lost', '',
      'Please take it to the card office, or pay another way.'],
    cancelled: ['Cancelled', 'Nothing was charged.'],
    out_of_service: ['Out of service', 'Please use another terminal.']
  },
  reasons: {
    card_unknown: ['The system does not know this card.', cardOffice],
    card_not_normal: ['This card cannot pay: not active, locked or expired.', cardOffice],
    card_unreadable: ['The card could not be read.', 'Please tap again and hold it still.'],
    balance_too_low: ['The balance is too low.', 'Please top up or pay another way.'],
    platform_refused: ['The payment was refused.', 'Please use another card, or a new code.'],
    platform_unreachable: ['The network does not answer.', later],
    platform_processing: ['The outcome did not come in time.', later],
    platform_conflict: ['The outcome is not clear.', anotherWay],
    platform_changed: ['The terminal was set up anew meanwhile.', askStaff],
    platform_forgot: ['The outcome is not clear.', askStaff],
    seq_collision: ['The payment’s number is taken.', 'Please pay again.'],
    offline_disabled: ['The network is down, and this terminal needs it.', later],
    offline_payment_limit: ['The network is down, and the amount is too high without it.', later],
    offline_card_limit: ['The network is down, and this card has paid all it may.', anotherWay],
    offline_total_limit: ['The network is down, and this terminal has taken all it may.',
      elsewhere],
    offline_too_old: ['The network has been down for too long.', elsewhere],
    offline_card_unknown: ['The network is down, and this card is new here.', anotherWay],
    offline_list_too_old: ['The network is down, and the list of lost cards is too old.',
      elsewhere],
    period_limit: ['This card has paid as often as it may for this meal.', anotherWay],
    code_needs_platform: ['The network is down, and a code needs it.', 'Please tap a card.'],
    interrupted: ['The payment was interrupted.', 'Please pay again.'],
    storage_failed: ['The terminal cannot record payments.', askStaff],
    other: ['This payment was not possible.', askStaff]
  },
  money: {
    none: 'Nothing was charged.',
    back: 'If you were charged, the money comes back by itself.',
    doubt: 'If your account shows a charge, please ask the staff.'
  },
  troubles: {
    full: 'The disk is full: make room on it.',
    read_only: 'The disk is read-only: check it.',
    failing: 'The disk fails: check or replace it.',
    corrupt: 'The ledger is damaged: do not delete it, call support.',
    no_service: 'The card reader service pcscd does not run: start it.',
    no_reader: 'No card reader is plugged in: plug one in.',
    other: 'Run kiosk-agent doctor to see why.'
  },
  forStaff: 'Staff: ',
  showCode: 'Please show your payment code',
  balance: 'Balance',
  yuan: '{n} yuan',
  sound: 'Sound',
  left: '{n} seconds left',
  codeLeft: 'This code ends in {n} seconds',
  qr: 'Pay by QR code',
  sms: 'Pay by text message',
  noCodes: 'The network is down: only a card can pay now.',
  scanRefused: 'This code was not taken. Please scan again.',
  back: 'Back',
  again: 'New code',
  wipe: 'Delete',
  pad: 'Number pad',
  phone: {title: 'Pay by text message', label: 'Phone number', send: 'Send',
    note: 'We send a code to your phone.'},
  code: {title: 'Pay by text message', label: 'Code', send: 'Pay',
    note: 'Please enter the code from the message.'},
  session: {title: 'Pay by QR code', note: 'The code is being made.'},
  notes: {
    ready: 'Scan this code with your phone, or hold your phone’s payment code to the scanner.',
    used: 'Your phone has the code. Go on there, then hold its payment code to the scanner.',
    over: 'This code is over.',
    sending: 'One moment, please.',
    phoneWrong: 'Please enter a phone number of 5 to 15 digits.',
    codeWrong: 'Please enter the 4 to 10 digits of the code.',
    phoneRefused: 'No code could be sent to this number. Please check it.',
    tooSoon: 'Please try again in {n} seconds.',
    gone: 'This payment is over.',
    away: 'This is not possible now. Please tap a card.'
  }
};
