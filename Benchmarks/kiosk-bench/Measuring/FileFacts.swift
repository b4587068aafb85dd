internal import Glibc

/// What the file system says of a file.
struct FileFacts {
    let bytes: Int
    /// When it was written last, in Unix seconds.
    let writtenAt: Int

    /// Nil when it is not there.
    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        bytes = Int(found.st_size)
        writtenAt = found.st_mtim.tv_sec
    }
}
