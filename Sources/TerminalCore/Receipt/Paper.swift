/// Lines for a printer whose letters are all equally wide, but wide ones twice.
struct Paper {
    let width: Int
    private(set) var lines: [String] = []

    /// `width` is in columns, 24 or more.
    init(width: Int) { self.width = width }

    /// A line across the paper.
    mutating func rule() { lines.append(String(repeating: "-", count: width)) }

    /// In the middle, in as many lines as it takes.
    mutating func centre(_ text: String) {
        for line in text.printable.wrapped(width) {
            lines.append(Self.spaces((width - line.displayWidth) / 2) + line)
        }
    }

    /// A name on the left and its value at the right edge, below the name when both do not fit;
    /// nothing without a value.
    mutating func row(_ name: String, _ value: String?) {
        let parts = (value ?? "").printable.wrapped(width)
        guard let first = parts.first else { return }
        let space = width - name.displayWidth - first.displayWidth
        if parts.count == 1, space > 0 {
            lines.append(name + Self.spaces(space) + first)
        } else {
            lines.append(name)
            for part in parts { lines.append(Self.spaces(width - part.displayWidth) + part) }
        }
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
