internal import Glibc

/// A measurement that could not be made: what happened, why, and what to do.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Says something beside the table.
func note(_ text: String) {
    let line = "kiosk-bench: \(text)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, line.utf8.count) }
}
