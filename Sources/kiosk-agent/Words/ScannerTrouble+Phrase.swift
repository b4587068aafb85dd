internal import Scanner
internal import TerminalCore

extension ScannerTrouble {
    /// What happened, why, and what to do.
    var phrase: Phrase {
        Phrase(en: description, zh: "无法读取扫码器 \(path)（errno \(systemError)）— \(chinese)")
    }

    private var chinese: String {
        switch code {
        case .absent: "设备不存在 — 请插入设备，或更正路径"
        case .forbidden: "当前用户无权打开 — 请用 udev 规则授权终端程序的用户组"
        case .busy: "另一个程序独占了它 — 请结束该程序"
        case .notAScanner:
            "不是此类设备 — scanner.device 应为 event* 或 hidraw* 设备，scanner.serial 应为串口"
        case .failed: "系统拒绝 — 请重新插拔，并查看系统日志"
        }
    }
}
