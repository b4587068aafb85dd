internal import CardReader
internal import TerminalCore

extension PCSCError {
    /// What happened, with the C name.
    var phrase: Phrase { Phrase(en: description, zh: chinese.map { "\($0)（\(code)）" } ?? code) }

    /// How to mend it, when there is something to do.
    var cure: Phrase? { advice.map { Phrase(en: $0, zh: chineseAdvice ?? $0) } }

    private var code: String { name ?? description }

    /// Nil for what is rare: its C name stands alone then.
    private var chinese: String? {
        switch self {
        case .noService: "智能卡服务没有运行"
        case .serviceStopped: "智能卡服务已停止"
        case .securityViolation: "pcscd 不允许当前用户访问"
        case .noReaders: "没有连接读卡器"
        case .unknownReader: "没有该名称的读卡器"
        case .readerUnavailable: "读卡器已断开"
        case .sharingViolation: "另一个程序占用了卡片"
        case .noCard: "读卡器上没有卡片"
        case .removedCard: "卡片已移开"
        case .resetCard: "另一个程序复位了卡片"
        case .cancelled: "等待已取消"
        case .timeout: "超时没有响应"
        case .invalidHandle: "与 pcscd 的连接已失效"
        case .communication: "与 pcscd 或读卡器的连接中断"
        default: nil
        }
    }

    private var chineseAdvice: String? {
        switch self {
        case .noService, .serviceStopped: "请安装并启动 pcscd：systemctl start pcscd.socket"
        case .securityViolation: "请为 org.debian.pcsc-lite 添加 polkit 规则以允许该用户"
        case .sharingViolation: "请结束使用读卡器的其他程序"
        case .noReaders, .readerUnavailable, .unknownReader: "请检查读卡器的连线和指示灯"
        default: nil
        }
    }
}
