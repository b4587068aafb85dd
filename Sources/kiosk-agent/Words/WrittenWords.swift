internal import TerminalCore

/// What `kiosk-agent setup` says of what it has written.
enum WrittenWords {
    static let unsealed = Phrase(
        en: "systemd-creds could not seal a credential: it is a plain file",
        zh: "systemd-creds 无法封装某个凭据：它是明文文件")
    static let noRecovery = Phrase(
        en: "there is no ledger.recovery_key: when this machine is lost, nobody can open the "
            + "card numbers of what it did not forward",
        zh: "没有 ledger.recovery_key：本机丢失后，无人能打开未上传交易的卡号")
    static let nextStart = Phrase(
        en: "all of it holds from the agent's next start on: "
            + "systemctl daemon-reload && systemctl restart kiosk-agent",
        zh: "以上内容在终端程序下次启动后生效："
            + "systemctl daemon-reload && systemctl restart kiosk-agent")

    static func written(_ path: String) -> Phrase {
        Phrase(en: "written: \(path)", zh: "已写入：\(path)")
    }

    static func kept(_ path: String) -> Phrase {
        Phrase(en: "kept: \(path)", zh: "已保留：\(path)")
    }

    /// Why nothing was written.
    static func otherDataKey(_ ledger: String, _ place: String) -> Phrase {
        Phrase(
            en: "no data_key is made — the card numbers in \(ledger) are sealed with a former "
                + "one, and it opens with no other — put the former data_key back as "
                + "\(place), or set the ledger's files aside",
            zh: "不生成 data_key — \(ledger) 中的卡号用原来的 data_key 加密，只能用它打开 — "
                + "请将原来的 data_key 放回 \(place)，或移走账本的文件")
    }

    static func dropIn(_ line: String) -> Phrase {
        Phrase(en: "a drop-in of the unit needs: \(line)", zh: "单元的 drop-in 需要：\(line)")
    }
}
