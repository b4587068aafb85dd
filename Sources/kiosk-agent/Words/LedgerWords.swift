internal import TerminalCore

/// What the doctor says of the agent, its ledger and its disk.
enum LedgerWords {
    // MARK: The agent

    static let running = Phrase(en: "running", zh: "正在运行")

    static func noAgent(_ socket: String) -> Phrase {
        Phrase(en: "none answers on \(socket)", zh: "\(socket) 上没有终端程序响应")
    }

    static func forbidden(_ user: String, _ socket: String) -> Phrase {
        Phrase(
            en: "\(user) may not use \(socket) — the group kiosk may — "
                + "sudo usermod -aG kiosk \(user), then log in again",
            zh: "\(user) 无权使用 \(socket) — 仅限用户组 kiosk — "
                + "sudo usermod -aG kiosk \(user)，然后重新登录")
    }

    /// The ledger is in use, and nobody answers.
    static func silent(_ holder: Phrase, _ socket: String, _ cure: String) -> Phrase {
        Phrase(
            en: "\(holder.en) holds the ledger, and nobody answers on \(socket) — it hangs, or its "
                + "api.socket is another one — \(cure)",
            zh: "\(holder.zh) 占用了账本，但 \(socket) 上没有响应 — 它可能已挂起，或使用了另一个 "
                + "api.socket — \(cure)")
    }

    static let unknownHolder = Phrase(en: "another program", zh: "另一个程序")

    // MARK: Files

    static func unwritable(_ path: String, _ user: String, _ why: String) -> Phrase {
        Phrase(
            en: "\(path) cannot be written by \(user) (\(why)) — payments would be refused — "
                + "look as the agent's user: sudo -u kiosk-agent -- kiosk-agent doctor, or mend "
                + "its owner: sudo chown -R kiosk-agent: \(path)",
            zh: "\(user) 无法写入 \(path)（\(why)）— 支付会被拒绝 — 请以终端程序的用户检查："
                + "sudo -u kiosk-agent -- kiosk-agent doctor，或更正属主："
                + "sudo chown -R kiosk-agent: \(path)")
    }

    static func noDirectory(_ path: String, _ why: String) -> Phrase {
        Phrase(
            en: "\(path) cannot be looked at — \(why) — create it: "
                + "sudo install -d -m 0750 -o kiosk-agent -g kiosk-agent \(path)",
            zh: "无法查看 \(path) — \(why) — 请创建："
                + "sudo install -d -m 0750 -o kiosk-agent -g kiosk-agent \(path)")
    }

    static func nearlyFull(_ megabytes: UInt64, _ path: String) -> Phrase {
        Phrase(
            en: "only \(megabytes) MiB are free in \(path) — payments stop when it is full — "
                + "make room: journalctl --vacuum-size=50M",
            zh: "\(path) 仅剩 \(megabytes) MiB 可用空间 — 写满后将停止支付 — "
                + "请清理空间：journalctl --vacuum-size=50M")
    }

    static func unreadable(_ path: String, _ user: String) -> Phrase {
        Phrase(
            en: "\(user) may not read \(path) — nothing can be started with it — "
                + "sudo chmod 0644 \(path), or run the command with sudo",
            zh: "\(user) 无权读取 \(path) — 无法据此启动 — "
                + "sudo chmod 0644 \(path)，或用 sudo 运行本命令")
    }

    static func noToken(_ path: String, _ user: String) -> Phrase {
        Phrase(
            en: "\(user) may not read \(path) — operator commands are refused — "
                + "sudo usermod -aG kiosk-operators \(user), then log in again",
            zh: "\(user) 无权读取 \(path) — 操作员命令会被拒绝 — "
                + "sudo usermod -aG kiosk-operators \(user)，然后重新登录")
    }

    // MARK: What is in it

    static func inDoubt(_ count: Int, _ yuan: String) -> Phrase {
        Phrase(
            en: "declined payments that may be paid: \(count), \(yuan) yuan — "
                + "whose orders stand under their numbers could not be told — run "
                + "kiosk-agent reconcile for their days; what is ours to undo: "
                + "kiosk-agent payments reverse SEQ --why TEXT",
            zh: "已拒绝但可能已扣款的交易：\(count) 笔，\(yuan) 元 — 无法判定其订单号下是谁的订单 — "
                + "请对相应日期运行 kiosk-agent reconcile；确属本方的用 "
                + "kiosk-agent payments reverse SEQ --why TEXT 冲正")
    }

    static func listTooOld(_ age: Phrase) -> Phrase {
        Phrase(
            en: "the lost list is too old: \(age.en) — nothing is approved offline with it — "
                + "fetch a new one: kiosk-agent lost-cards import FILE",
            zh: "挂失名单过旧：\(age.zh) — 离线时不批准任何交易 — "
                + "请导入新名单：kiosk-agent lost-cards import FILE")
    }

    static let noList = Phrase(
        en: "no lost list was imported — offline.lost_list_max_age wants one, so nothing is "
            + "approved offline — kiosk-agent lost-cards import FILE",
        zh: "尚未导入挂失名单 — offline.lost_list_max_age 要求有名单，因此离线时不批准任何交易 — "
            + "kiosk-agent lost-cards import FILE")

    // MARK: Its mirror

    static func noMirror(_ path: String, _ why: String) -> Phrase {
        Phrase(
            en: "\(path) cannot be looked at — \(why) — plug its medium in and mount it there",
            zh: "无法查看 \(path) — \(why) — 请插入其介质并挂载到该处")
    }

    static func mirrorForbidden(_ path: String, _ user: String) -> Phrase {
        Phrase(
            en: "\(path) is not writable for \(user) — accepted payments would have no mirror — "
                + "look as the agent's user, or change its owner: "
                + "sudo chown kiosk-agent: \(path)",
            zh: "\(user) 无法写入 \(path) — 离线批准的交易将没有镜像 — "
                + "请以终端程序的用户检查，或更正属主：sudo chown kiosk-agent: \(path)")
    }

    static func sameMedium(_ path: String) -> Phrase {
        Phrase(
            en: "\(path) is on the ledger's own medium — both would be lost together — "
                + "mount another medium there: findmnt --target \(path)",
            zh: "\(path) 与账本在同一介质上 — 两者会一同丢失 — "
                + "请在该处挂载另一介质：findmnt --target \(path)")
    }
}
