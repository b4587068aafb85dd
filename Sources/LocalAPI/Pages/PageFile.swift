/// One file of a page, as it lies in `Web`; it became part of the program when that was built.
struct PageFile: Sendable {
    /// What browsers ask for.
    var path: String
    var type: String
    var bytes: [UInt8]

    static func html(_ path: String, _ bytes: [UInt8]) -> PageFile {
        PageFile(path: path, type: "text/html; charset=utf-8", bytes: bytes)
    }

    static func style(_ path: String, _ bytes: [UInt8]) -> PageFile {
        PageFile(path: path, type: "text/css; charset=utf-8", bytes: bytes)
    }

    static func script(_ path: String, _ bytes: [UInt8]) -> PageFile {
        PageFile(path: path, type: "text/javascript; charset=utf-8", bytes: bytes)
    }
}
