extension QRCode {
    /// The light border that a reader needs, in modules (ISO 18004, 6.3.8).
    public static let quietZone = 4

    /// An SVG document that fills whatever box it is put into; black on white, whatever is around.
    ///
    /// All dark modules are one path. It has no style, so that no content security policy minds.
    public var svg: String {
        let side = width + 2 * Self.quietZone
        return #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(side) \#(side)""#
            + #" shape-rendering="crispEdges">"#
            + ##"<rect width="\##(side)" height="\##(side)" fill="#fff"/>"##
            + ##"<path fill="#000" d="\##(path)"/></svg>"##
    }

    /// Each run of dark modules in a row is a box of height 1.
    private var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, isDark(row: row, column: column) { column += 1 }
                let length = column - start
                if length > 0 {
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)"
                    path += "h\(length)v1h-\(length)z"
                } else {
                    column += 1
                }
            }
        }
        return path
    }
}
