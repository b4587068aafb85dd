export default {
  otherLanguage: 'English', languageChanged: '页面已切换为中文。', signOut: '退出',
  skip: '跳到内容', navigation: '页面',
  nav: {now: '运行状态', payments: '交易', 'lost-cards': '挂失卡', day: '日报'},
  units: {d: '天', h: '小时', min: '分', s: '秒'},
  link: {live: '● 实时', cut: '✕ 与终端程序断开'},
  states: {
    awaiting_card: '等待刷卡', cancelled: '已取消', pending: '处理中', settled: '已入账',
    accepted: '离线待传', refused: '已拒绝', held: '待人工处理', rejected: '平台拒付',
    reversing: '冲正中', reversed: '已冲正', written_off: '已核销'
  },
  reasons: {
    card_lost: '挂失卡', card_unknown: '未知卡', card_not_normal: '卡状态异常',
    card_unreadable: '无法读卡', balance_too_low: '余额不足', platform_refused: '平台拒绝',
    platform_unreachable: '平台无法连接', platform_processing: '平台处理中',
    platform_conflict: '与平台记录不符', platform_changed: '平台配置已更换',
    platform_forgot: '平台已无记录', seq_collision: '订单号冲突',
    offline_disabled: '未启用离线支付', offline_payment_limit: '超过离线单笔限额',
    offline_card_limit: '超过离线单卡限额', offline_total_limit: '超过离线总限额',
    offline_too_old: '离线交易积压过久', offline_card_unknown: '离线不受理未知卡',
    offline_list_too_old: '挂失名单过旧', period_limit: '超过时段次数',
    code_needs_platform: '付款码需联网', interrupted: '交易中断', storage_failed: '存储故障',
    cancelled: '已取消'
  },
  who: {agent: '终端程序', pos: '收银机', operator: '操作员'},
  screens: {
    idle: '空闲', price: '显示价格', awaiting_card: '等待刷卡', reading: '读卡中',
    paying: '支付中', approved: '支付成功', declined: '支付失败', cancelled: '已取消',
    out_of_service: '暂停服务'
  },
  problems: {
    0: '终端程序没有回应。', 404: '没有找到。', 409: '现在不能这样做。',
    429: '请求过多，请稍后再试。', 503: '暂时无法完成，请稍后再试。',
    invalid: '终端程序不接受此内容。', other: '未能完成。'
  },
  signIn: {
    title: '操作员', token: '操作员令牌', button: '登录', checking: '正在核对…',
    hint: '见 /etc/kiosk-agent/operator_token。仅保存在此标签页，退出或关闭后即清除。',
    wrong: '令牌错误（第 {n} 次）。',
    slow: '终端程序 {n} 秒后才答复：多次输错后，每次都要等待。',
    off: '未配置操作员令牌，操作员功能已关闭。', tooMany: '输错次数过多，请稍候。',
    ended: '令牌已失效，请重新登录。'
  },
  parts: {
    reader: '读卡器', platform: '平台', storage: '存储', mirror: '镜像', clock: '时钟',
    list: '挂失名单', scanners: '扫码器', doubt: '存疑', sync: '上传', limit: '离线额度',
    screen: '顾客屏幕'
  },
  now: {
    title: '运行状态', health: '总览', queue: '未完成的交易', waiting: '等待原因',
    simulated: '模拟', trouble: '有故障', ready: '就绪', noReader: '没有读卡器',
    noService: '读卡服务未运行', inOrder: '正常',
    platform: {online: '在线', degraded: '不稳定', offline: '离线'}, since: '已持续 {n}',
    storage: {full: '已满', read_only: '只读', failing: '读写出错', corrupt: '已损坏'},
    notSetUp: '未配置', kept: '已同步', notKept: '未同步', noList: '未导入',
    lostCards: '挂失卡', tooOld: '过旧', inForce: '有效', cards: '{n} 张卡', ageOf: '已 {n}',
    none: '无', look: '请查看', doubt: '已拒绝，但可能已扣款：请在日报中与平台核对',
    stopped: '已停止', stoppedHelp: '连续三张卡被拒绝。查明原因后按“立即上传”。',
    pausing: '等待重试', delivering: '{n} 笔处理中', backingOff: '{n} 笔失败后等待重试',
    notAllowed: '不允许', usedUp: '已用完', nearlyUsed: '即将用完', free: '有余量',
    used: '{n} / {m}', nothing: '没有等待的交易。', state: '状态', count: '笔数', sum: '金额',
    oldest: '最久', made: '时间', age: '已等待', why: '原因', all: '全部等待的交易',
    syncing: '上传', syncNow: '立即上传', left: '剩余 {n} / {m}', allSent: '没有需要上传的交易。',
    stuck: '剩余 {n} 笔，平台暂不接受。'
  },
  waiting: {
    why: {
      payer: '等待顾客', answer: '正在处理', decision: '等待您决定', release: '上传已停止',
      other_platform: '所属平台不是当前配置的平台', network: '无法连接平台',
      pause: '失败后等待重试', card: '同卡另有一笔在处理', turn: '排队中'
    },
    trouble: {
      no_connection: '连接失败', no_token: '平台未发令牌', credentials: '凭据被拒绝',
      redirected: '被转到别处', no_answer: '没有答复', not_now: '平台要求稍后再试',
      processing: '平台未处理完', absent: '平台尚无此单', refused: '被拒绝，待确认'
    },
    tries: '已失败 {n} 次', next: '下次'
  },
  payments: {
    title: '交易', search: '查找交易', allStates: '全部状态',
    fields: {card: '卡号末尾', reference: '单号', state: '状态', since: '从', until: '早于'},
    hints: {card: '1 至 8 位字母或数字'},
    find: '查找', clear: '清除', also: '其他条件', without: '去掉',
    flags: {
      offline: {true: '离线批准', false: '非离线批准'}, sent: {true: '已发送', false: '从未发送'},
      paid: {true: '平台已扣款', false: '未知平台已扣款'}
    },
    lookedAt: '已查看 {n} 笔。', none: '没有交易。', noneHere: '已查看的没有符合的，更早的可能有。',
    columns: {
      made: '时间', sum: '金额', state: '状态', why: '原因', card: '卡', reference: '单号',
      title: '名称'
    },
    pages: '翻页', newest: '← 最新', older: '更早 →', first: '← 最前', more: '更多 →',
    exportAll: '导出全部流水', exportThese: '导出此状态的流水', exporting: '正在读取…',
    exported: '已保存。', exportHint: '已签名，可在另一台机器上补传；含完整卡号。'
  },
  payment: {
    title: '交易', back: '← 交易', decide: '处理', history: '经过', state: '状态', why: '原因',
    approval: '批准', offline: '离线', name: '名称', reference: '单号', card: '卡',
    made: '时间', changed: '更新', told: '已告知顾客', nobody: '尚未告知', attempts: '发送次数',
    order: '订单号', trade: '平台交易号', taken: '实收', balance: '余额', when: '时间',
    reason: '原因', by: '操作者', note: '说明'
  },
  decisions: {
    none: '无需处理。', done: '完成：{n}。',
    submit: {
      button: '重新扣款', held: '先询问平台；若尚未扣款，将再次提交 {n}，挂失卡也会扣款。',
      all: '先询问平台；若尚未扣款，将再次提交 {n}。'
    },
    'write-off': {
      button: '核销', reversing: '终端不再尝试退回 {n}：您已另行处理。',
      all: '先询问平台；若尚未扣款，{n} 计为损失，不再向此卡扣款；若已扣款，则入账。'
    },
    reverse: {
      button: '冲正', settled: '{n} 将退回此卡；平台确认之前会一直重试。',
      doubt: '退回本卡以此单号支付的款项；其他卡的订单不受影响。',
      all: '不向此卡收取 {n}；已扣的将退回。'
    },
    cancel: {button: '取消', all: '{n} 的交易不再等待刷卡。'}
  },
  dialog: {
    why: '理由', by: '您的姓名', stop: '不处理', doing: '请稍候…', missing: '请填写：{n}。',
    hints: {why: '将永久保留在经过中。', by: '一并保留。'}
  },
  cards: {
    title: '挂失卡', total: '本终端拒绝 {n} 条。', noList: '未导入名单。',
    imported: '导入的名单有 {n} 张卡，已 {m}', tooOld: '过旧：不再离线批准', add: '挂失一张卡',
    card: '卡号', cardHint: '读卡器读出的完整卡号', addKey: '挂失', added: '已挂失。',
    load: '导入名单', file: '文件', loadKey: '替换名单',
    fileHint: '每行一个卡号，替换已导入的名单。', loaded: '已导入 {n} 张卡。', none: '没有卡。',
    source: '来源', since: '起始', lift: '解除', liftedBy: '–', remove: '解除挂失',
    removed: '此卡可再次支付。', removeHelp: '此卡可在本终端再次支付，除非平台或导入的名单拒绝。',
    sources: {platform: '平台', operator: '操作员', import: '导入的名单'}
  },
  day: {
    title: '日报', days: '日期', today: '今天', chart: '全天', files: '文件', none: '当日无交易。',
    totals: '合计', what: '项目', count: '笔数', sum: '金额', taken: '实收', approved: '已批准',
    offline: '其中离线', total: '合计', away: '{n} 笔已归档，不在图表和列表中。',
    legend: {
      online: '在线批准', offline: '离线批准', refused: '已拒绝', half: '半数等待不超过',
      most: '95% 等待不超过'
    },
    columns: ['从', '交易', '批准', '离线', '拒绝', '金额', '等待（中位）', '等待（95%）'],
    asTable: '以表格显示',
    waitHelp: '从刷卡到答复，按终端时钟；0.00 表示刷卡时即已决定。',
    download: '日报 {n}', journal: '交易流水', perQuarter: '每 15 分钟笔数',
    waitTitle: '从刷卡到答复的秒数',
    summary: '图表：{n} 笔交易，批准中离线占 {m}，拒绝 {r} 笔；最慢一刻钟 95% 等待不超过 {s} 秒。数字见下表。'
  },
  reconcile: {
    title: '与平台核对', help: '向平台逐笔询问当日交易。', compare: '核对', repair: '核对并修正',
    progress: '核对', repairHelp: '已告知成功的，扣款即入账；已告知失败的，扣款即退回；其余由人处理。',
    done: '已核对 {n} / {m}', failed: '未能完成。', unreachable: '平台已无法连接，其余未核对。',
    differ: '有 {n} 处差异未解决。', agree: '没有未解决的差异。', total: '交易', ours: '本机',
    platform: '平台', unknown: '平台无答复', neverSent: '从未发送', underWay: '处理中',
    archived: '已归档', differences: '差异', payment: '交易', state: '状态', kind: '差异',
    repaired: '修正', open: '未解决',
    kinds: {
      charged_but_refused: '已拒绝却扣款', charged_but_reversed: '已冲正却扣款',
      charged_but_reversing: '冲正中仍扣款', charged_but_accepted: '离线待传已扣款',
      charged_but_held: '待处理已扣款', charged_but_rejected: '平台拒付却扣款',
      charged_but_written_off: '已核销却扣款', settled_but_absent: '已入账平台无单',
      settled_but_dead: '已入账平台已关闭', settled_but_foreign: '已入账但属他卡',
      amount_differs: '金额不同', overcharged: '多扣', charged_in_doubt: '存疑扣款',
      earlier_order_charged: '旧订单已扣款', processing: '平台处理中', forgotten: '平台已无记录',
      unknown: '无答复'
    },
    advice: {
      charged_in_doubt: '存疑扣款：此单号已付款，可能是其他卡。请在平台核对卡号和时间；“冲正”只退回本卡所付。',
      earlier_order_charged: '旧订单已扣款：已放弃的单号被支付。若顾客不欠款或已付，请在平台退款。',
      archived: '归档中不作修改：请在平台处理。'
    }
  }
};
