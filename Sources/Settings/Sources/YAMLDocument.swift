internal import TerminalCore
internal import Yams

/// Reads YAML text into ``Raw`` values; the only file that knows Yams.
enum YAMLDocument {
    /// The deepest nesting that is followed: section, platform, key, list, map and its value.
    static let depthMax = 6

    /// The root of `text`; an empty document is an empty map.
    static func read(_ text: String, file: String) throws(ConfigurationError) -> Raw {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .default, .default, .utf8)
        } catch {
            throw ConfigurationError([problem(error, text: text, file: file)])
        }
        guard let node else { return Raw(content: .map([]), place: .file(file)) }
        return raw(node, file: file, depth: 0)
    }

    private static func raw(_ node: Node, file: String, depth: Int) -> Raw {
        Raw(
            content: content(node, file: file, depth: depth + 1), place: place(node.mark, in: file))
    }

    private static func content(_ node: Node, file: String, depth: Int) -> Raw.Content {
        guard depth <= depthMax else { return .tooDeep }
        switch node {
        case .scalar(let scalar): return content(scalar)
        case .sequence(let items): return .list(items.map { raw($0, file: file, depth: depth) })
        case .mapping(let pairs):
            return .map(
                pairs.map { pair in
                    Raw.Member(
                        name: name(pair.key), place: place(pair.key.mark, in: file),
                        value: raw(pair.value, file: file, depth: depth))
                })
        case .alias: return .tooDeep
        }
    }

    /// Only plain `null`, `~` and nothing at all are null; in quotes they are texts.
    private static func content(_ scalar: Node.Scalar) -> Raw.Content {
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        return isNull ? .null : .scalar(scalar.string)
    }

    private static func name(_ key: Node) -> String {
        if case .scalar(let scalar) = key { scalar.string } else { "?" }
    }

    private static func place(_ mark: Mark?, in file: String) -> Place {
        guard let mark else { return .file(file) }
        return .position(file: file, line: mark.line, column: mark.column)
    }
}

extension YAMLDocument {
    /// What is wrong, in words; never with the text of the file, which may hold a secret.
    private static func problem(_ error: any Error, text: String, file: String) -> Problem {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let what = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
            return malformed(what, at: place(mark, in: file))
        case .reader(let problem, let offset, _, _):
            return malformed(problem, at: place(offset: offset, of: text, in: file))
        case .duplicatedKeysInMapping(let names, let context):
            let names = names.map(Raw.quoted).joined(separator: ", ")
            return Problem(
                place: place(context.mark, in: file), key: nil, value: names,
                what: .isTwice, remedy: .removeOne)
        default: return malformed("it cannot be read", at: .file(file))
        }
    }

    private static func malformed(_ what: String, at place: Place) -> Problem {
        Problem(
            place: place, key: nil, value: nil,
            what: Phrase(en: "this is not YAML: \(what)", zh: "不是 YAML：\(what)"),
            remedy: Phrase(
                en: "correct the text here or in the line above, then run kiosk-agent config check",
                zh: "请更正此处或上一行，然后运行 kiosk-agent config check"))
    }

    private static func place(offset: Int?, of text: String, in file: String) -> Place {
        guard let offset else { return .file(file) }
        let before = text.prefix(offset)
        let line = before.count { $0.isNewline } + 1
        let column = before.reversed().prefix { !$0.isNewline }.count + 1
        return .position(file: file, line: line, column: column)
    }
}
