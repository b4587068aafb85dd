internal import Ledger
internal import TerminalCore

extension LedgerError {
    /// What happened, why, and what to do.
    var phrase: Phrase { Phrase(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .locked(let path): "账本正在使用 — 另一个终端程序占用了 \(path) — 请先停止它"
        case .unusable(let text):
            "无法打开账本 — \(text) — 请检查 ledger.path 及其属主和磁盘"
        case .notDurable(let level):
            "断电后账本可能丢失 — SQLite 的 synchronous 为 \(level) 而不是 2 — 请换用遵守该设置的 SQLite"
        case .tooNew: "账本由更新的版本写入 — 无法降级 — 请重新安装该版本"
        case .notFound: "没有这笔交易 — 订单号未知 — 请核对"
        case .referenceConflict(let seq):
            "该 reference 已被占用 — 交易 \(seq) 使用了它且金额不同，或正在冲正 — 请使用新的 reference"
        case .wrongState(let state): "这笔交易不能这样处理 — 其状态为 \(state) — 请查看它的历史"
        case .cardIsPaying: "卡片正忙 — 上一笔交易尚无结果 — 请稍候"
        case .walMissing(let path):
            "账本可能不完整 — 缺少 \(path)-wal，交易可能只在其中 — 请一并复制，"
                + "若账本已正常关闭则加 --no-wal"
        case .beingWritten(let path):
            "无法复制账本 — 终端程序一直在写入 \(path) — 请稍后再试"
        case .importing: "无法导入名单 — 另一次导入正在进行 — 请等它结束"
        case .storage(let code, let text):
            trouble.map { $0.chinese("\(text) (\(code))") }
                ?? "无法写入账本 — SQLite 报告 \(text) (\(code)) — 请检查磁盘；修复前拒绝支付"
        case .cardsSealed:
            "无法读取账本中的卡号 — 它们已加密，而没有 data_key — 请将凭据 data_key 放回原处"
        case .otherDataKey:
            "无法读取账本中的卡号 — 它们用另一个 data_key 加密 — 请将原来的凭据 data_key 放回原处"
        case .whole(let path): "账本保持原样 — \(path) 没有损坏 — 请启动终端程序"
        case .mirrorMissing(let path):
            "账本保持原样 — 其订单号可能只在镜像中，而 \(path) 无法读取 — 请挂载其介质，"
                + "若已丢失则加 --without-mirror"
        }
    }
}

extension StorageTrouble {
    fileprivate func chinese(_ detail: String) -> String {
        switch self {
        case .full:
            "账本的磁盘已满 — \(detail) — 请清理空间：journalctl --vacuum-size=50M；在此之前拒绝支付"
        case .readOnly:
            "账本只能读取，不能写入 — \(detail) — 请用 dmesg 查看原因，再用 mount -o remount,rw "
                + "重新挂载其文件系统；在此之前拒绝支付"
        case .failing:
            "账本的磁盘报错 — \(detail) — 请查看 dmesg，若持续出现请更换介质；写入成功之前拒绝支付"
        case .corrupt:
            "账本已损坏 — \(detail) — 请勿删除任何文件：停止终端程序，运行 kiosk-agent set-aside "
                + "移开该文件后再启动；拒绝支付"
        }
    }
}
