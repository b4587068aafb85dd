const cardOffice = '请联系卡务中心。';
const anotherWay = '请换一张卡，或用其他方式付款。';
const askStaff = '请联系工作人员。';
const later = '请稍后再试，或用其他方式付款。';
const elsewhere = '请使用其他终端，或用其他方式付款。';

export default {
  other: 'English',
  screens: {
    connecting: ['正在连接', '终端正在恢复，请稍候。'],
    idle: ['欢迎', '请等待收银员输入金额。'],
    closed: ['欢迎', '现在不是收款时段。'],
    price: ['请刷卡'],
    awaiting_card: ['请刷卡'],
    reading: ['正在读卡', '请勿移开卡片。'],
    paying: ['正在支付', '请稍候。'],
    approved: ['支付成功'],
    approved_offline: ['支付成功（离线）', '已受理，无需再付。网络恢复后从卡中扣款。'],
    declined: ['支付失败'],
    card_lost: ['此卡已挂失', '', '请将卡交到卡务中心，或换一种方式付款。'],
    cancelled: ['已取消', '没有扣款。'],
    out_of_service: ['暂停服务', '请使用其他终端。']
  },
  reasons: {
    card_unknown: ['系统查不到此卡。', cardOffice],
    card_not_normal: ['此卡不能付款（未激活、已锁定或已过期）。', cardOffice],
    card_unreadable: ['没有读到卡。', '请重新刷卡，并稍停片刻。'],
    balance_too_low: ['余额不足。', '请充值，或用其他方式付款。'],
    platform_refused: ['支付被拒绝。', '请换一张卡，或换一个新的付款码、验证码再试。'],
    platform_unreachable: ['网络没有响应。', later],
    platform_processing: ['支付结果未能及时确认。', later],
    platform_conflict: ['支付结果不明确。', anotherWay],
    platform_changed: ['终端设置已更改，此笔交易不能继续。', askStaff],
    platform_forgot: ['支付结果不明确。', askStaff],
    seq_collision: ['单号重复，此笔交易不能继续。', '请重新付款。'],
    offline_disabled: ['网络中断，本终端不支持离线支付。', later],
    offline_payment_limit: ['网络中断，此金额超过离线限额。', later],
    offline_card_limit: ['网络中断，此卡的离线限额已用完。', anotherWay],
    offline_total_limit: ['网络中断，本终端的离线限额已用完。', elsewhere],
    offline_too_old: ['网络中断已久，不能再离线支付。', elsewhere],
    offline_card_unknown: ['网络中断，此卡近期未联网使用过。', anotherWay],
    offline_list_too_old: ['网络中断，挂失名单已过期。', elsewhere],
    period_limit: ['此卡本餐次数已用完。', anotherWay],
    code_needs_platform: ['网络中断，不能用二维码或验证码付款。', '请刷卡。'],
    interrupted: ['支付中断。', '请重新付款。'],
    storage_failed: ['终端无法记录交易。', askStaff],
    other: ['此次未能付款。', askStaff]
  },
  money: {
    none: '没有扣款。',
    back: '如已扣款，会自动退回。',
    doubt: '如账户显示已扣款，请联系工作人员。'
  },
  troubles: {
    full: '存储空间已满：请清理磁盘。',
    read_only: '存储为只读：请检查磁盘。',
    failing: '存储读写失败：请检查或更换磁盘。',
    corrupt: '账本已损坏：请勿删除，联系技术支持。',
    no_service: '读卡服务 pcscd 未运行：请启动该服务。',
    no_reader: '未检测到读卡器：请接好读卡器。',
    other: '请运行 kiosk-agent doctor 查看原因。'
  },
  forStaff: '工作人员：',
  showCode: '请出示付款码',
  balance: '余额',
  yuan: '{n} 元',
  sound: '声音',
  left: '剩余 {n} 秒',
  codeLeft: '此码 {n} 秒后失效',
  qr: '二维码付款',
  sms: '短信验证码付款',
  noCodes: '网络中断，目前只能刷卡。',
  scanRefused: '未能识别此码，请重新扫描。',
  back: '返回',
  again: '换一个二维码',
  wipe: '删除',
  pad: '数字键盘',
  phone: {title: '短信验证码付款', label: '手机号', send: '发送', note: '验证码将发送到您的手机。'},
  code: {title: '短信验证码付款', label: '验证码', send: '付款', note: '请输入收到的验证码。'},
  session: {title: '二维码付款', note: '正在获取二维码。'},
  notes: {
    ready: '请用手机扫描此码；或将手机上的付款码对准扫码器。',
    used: '手机已扫描。请在手机上操作，然后将付款码对准扫码器。',
    over: '此二维码已过期。',
    sending: '请稍候。',
    phoneWrong: '请输入正确的手机号（5 到 15 位数字）。',
    codeWrong: '请输入 4 到 10 位数字验证码。',
    phoneRefused: '未能向此手机号发送验证码，请检查号码。',
    tooSoon: '请在 {n} 秒后再试。',
    gone: '此笔交易已结束。',
    away: '现在无法使用此方式，请刷卡。'
  }
};
