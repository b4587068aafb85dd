/// Why a text has no QR code.
public enum QRCodeError: Error, Hashable, Sendable {
    /// The text is empty or longer than ``QRCode/bytesMax``; how long it is, in bytes.
    case length(Int)
    /// The text holds a character of code 0, at which C would end it.
    case zero
    /// libqrencode gave nothing; its `errno`.
    case library(Int32)
}

extension QRCodeError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .length(let bytes):
            "no QR code was made — the text has \(bytes) bytes — "
                + "give it 1 to \(QRCode.bytesMax) bytes"
        case .zero:
            "no QR code was made — the text holds a character of code 0 — leave it out"
        case .library(let code):
            "no QR code was made — libqrencode failed (errno \(code)) — "
                + "free memory and try again"
        }
    }
}
