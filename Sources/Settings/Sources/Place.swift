/// Where a value stands, for error messages.
public enum Place: Hashable, Sendable {
    /// The configuration file as a whole.
    case file(String)
    /// A position in the configuration file; lines and columns count from 1.
    case position(file: String, line: Int, column: Int)
    /// An environment variable.
    case variable(String)
    /// A credential file, by its path.
    case credential(String)
    /// The table of keys itself.
    case builtIn

    /// The line in the configuration file; 0 when there is none.
    var line: Int { if case .position(_, let line, _) = self { line } else { 0 } }
    var column: Int { if case .position(_, _, let column) = self { column } else { 0 } }
}

extension Place: CustomStringConvertible {
    /// `file:line:column`, the variable's name or the credential's path.
    public var description: String {
        switch self {
        case .file(let path), .credential(let path): path
        case .position(let file, let line, let column): "\(file):\(line):\(column)"
        case .variable(let name): name
        case .builtIn: "default"
        }
    }
}
