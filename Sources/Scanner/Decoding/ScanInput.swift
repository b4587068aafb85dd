/// One thing that a scanner sent.
enum ScanInput: Hashable, Sendable {
    /// A character of ASCII; carriage return, line feed and Tab end a text.
    case character(UInt8)
    /// A key or a byte that is no part of any code, or something that got lost.
    case illegible
}
