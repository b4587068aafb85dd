/// A code to show, and how it looks as a QR code.
struct QRSessionView: Encodable {
    var session: String
    var code: String
    /// A whole SVG document.
    var svg: String
}

/// What became of a QR session.
struct QRStateView: Encodable {
    var state: String
}
