#ifndef FAULT_VFS_H
#define FAULT_VFS_H

#include <stddef.h>

/// A disk under test: every SQLite file of one directory. It keeps a trace of what would change the
/// medium, and fails operations on demand. Other directories are not touched.
typedef struct fault_disk fault_disk;

/// What an operation is. The first five change the medium and are traced.
enum {
    /// A file came to be (or was found empty): its directory entry is not on the medium yet.
    FAULT_CREATE = 1,
    FAULT_WRITE = 2,
    FAULT_TRUNCATE = 4,
    /// All that was done to the file is on the medium now.
    FAULT_SYNC = 8,
    FAULT_DELETE = 16,
    /// Never fails: a file with content was there already; its bytes are in the trace.
    FAULT_FOUND = 32,
    FAULT_OPEN = 64,
    FAULT_READ = 128,
    FAULT_SIZE = 256,
    FAULT_MAP = 512,
};

/// One operation of the trace.
typedef struct {
    int kind;
    /// Which file: a name that is deleted and made again is another file.
    int file;
    /// The file's name without its directory.
    const char *name;
    /// The offset of a write, the new size of a truncation.
    long long offset;
    size_t length;
    const unsigned char *bytes;
    /// For a sync or a delete: the directory was synced too.
    int directory;
} fault_entry;

/// Begins to watch `directory`. The first call registers the VFS around the default one, as the new
/// default. Files that are open already are not watched.
fault_disk *fault_disk_attach(const char *directory);

/// Ends the watch; the disk is freed when its last file is closed.
void fault_disk_detach(fault_disk *disk);

/// How many operations the trace has.
long fault_disk_count(fault_disk *disk);

/// The operation `index`, valid until the disk is detached.
fault_entry fault_disk_entry(fault_disk *disk, long index);

/// From now on, after `after` more operations of `kinds` (a sum), the next one fails: once, or,
/// when `lasting`, with all that follow. As a full disk, or as a device with I/O errors. A write
/// that fails has written half of its bytes.
void fault_disk_arm(fault_disk *disk, int kinds, long after, int lasting, int full);

/// While `paused`, operations succeed and are not counted towards the next failure.
void fault_disk_pause(fault_disk *disk, int paused);

/// Operations succeed again.
void fault_disk_disarm(fault_disk *disk);

/// How many operations have failed since the last arming.
long fault_disk_fired(fault_disk *disk);

#endif
