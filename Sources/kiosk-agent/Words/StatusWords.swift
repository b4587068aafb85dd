internal import TerminalCore

/// What `kiosk-agent status` says.
enum StatusWords {
    static let terminal = Phrase(en: "terminal", zh: "终端")
    static let version = Phrase(en: "version", zh: "版本")
    static let reader = Phrase(en: "reader", zh: "读卡器")
    static let scanner = Phrase(en: "scanner", zh: "扫码器")
    static let platform = Phrase(en: "platform", zh: "平台")
    static let storage = Phrase(en: "storage", zh: "存储")
    static let mirror = Phrase(en: "mirror", zh: "镜像")
    static let offline = Phrase(en: "offline", zh: "离线额度")
    static let inDoubt = Phrase(en: "in doubt", zh: "存疑款项")
    static let lostList = Phrase(en: "lost list", zh: "挂失名单")
    static let cards = Phrase(en: "cards", zh: "卡号")
    static let sync = Phrase(en: "sync", zh: "上传")

    static let online = Phrase(en: "online", zh: "在线")
    static let degraded = Phrase(en: "degraded", zh: "不稳定")
    static let away = Phrase(en: "offline", zh: "离线")
    static let inOrder = Phrase(en: "in order", zh: "正常")
    static let notAllowed = Phrase(en: "not allowed", zh: "未启用")
    static let simulated = Phrase(en: "simulated", zh: "模拟")
    static let noReader = Phrase(en: "none plugged in", zh: "未插入")
    static let noList = Phrase(en: "none was imported", zh: "尚未导入")
    static let noService = Phrase(
        en: "pcscd does not answer; run kiosk-agent doctor",
        zh: "pcscd 没有响应；请运行 kiosk-agent doctor")
    static let stopped = Phrase(
        en: "stopped after refusals in a row; see payments, then kiosk-agent sync",
        zh: "连续被拒绝后已停止；请查看 payments，然后运行 kiosk-agent sync")
    static let plainCards = Phrase(
        en: "kept as they are: there is no data_key", zh: "未加密保存：没有 data_key")
    static let sealedCards = Phrase(en: "sealed", zh: "已加密")
    static let unrecoverableCards = Phrase(
        en: "sealed; lost with this machine: no ledger.recovery_key",
        zh: "已加密；没有 ledger.recovery_key，本机丢失则无法恢复")
    static let listTooOld = Phrase(
        en: "; too old, nothing is approved offline", zh: "；过旧，离线时不批准任何交易")

    static func release(_ number: String, _ mode: String) -> Phrase {
        Phrase(en: "\(number), \(mode) mode", zh: "\(number)，\(mode) 模式")
    }

    static func since(_ age: Phrase) -> Phrase {
        Phrase(en: " for \(age.en)", zh: "，已持续 \(age.zh)")
    }

    static func waiting(_ count: Int, _ yuan: String, _ age: Phrase) -> Phrase {
        Phrase(
            en: "\(count), \(yuan) yuan, oldest \(age.en)",
            zh: "\(count) 笔，\(yuan) 元，最久 \(age.zh)")
    }

    static func doubt(_ count: Int, _ yuan: String) -> Phrase {
        Phrase(
            en: "\(count), \(yuan) yuan; declined and perhaps paid: kiosk-agent reconcile",
            zh: "\(count) 笔，\(yuan) 元；已拒绝但可能已扣款：kiosk-agent reconcile")
    }

    static func used(_ used: String, of limit: String) -> Phrase {
        Phrase(en: "\(used) of \(limit) yuan used", zh: "已用 \(used) / \(limit) 元")
    }

    static func lastProblem(_ names: Phrase, _ problem: String) -> Phrase {
        Phrase(
            en: "\(names.en); last problem: \(problem)", zh: "\(names.zh)；最近的问题：\(problem)")
    }

    static func listVersion(_ version: String) -> Phrase {
        Phrase(en: ", version \(version)", zh: "，版本 \(version)")
    }
}
