internal import CQREncode
internal import Glibc

/// A text as a QR code, with error correction M: 15% of it may be unreadable.
///
/// Wraps `QRcode_encodeString`, which takes the smallest size that the text fits into.
public struct QRCode: Hashable, Sendable {
    /// The longest text, in bytes of UTF-8: what the largest size holds (ISO 18004, table 7).
    public static let bytesMax = 2_331

    /// Modules on each side, without the quiet zone: 21 to 177.
    public let width: Int

    /// Row by row from the top left; true is dark.
    private let modules: [Bool]

    /// Throws ``QRCodeError`` for a text that is empty, too long or holds a character of code 0.
    public init(_ text: String) throws(QRCodeError) {
        let length = text.utf8.count
        guard (1...Self.bytesMax).contains(length) else { throw .length(length) }
        guard !text.utf8.contains(0) else { throw .zero }
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            throw .library(errno)
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        // The lowest bit is the colour; the others tell what the module is for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
            .map { $0 & 1 == 1 }
    }

    /// Whether the module is dark; both count from 0 at the top left and are below ``width``.
    public func isDark(row: Int, column: Int) -> Bool {
        modules[row * width + column]
    }
}
