#ifndef FAULT_INTERNAL_H
#define FAULT_INTERNAL_H

#include <pthread.h>
#include <sqlite3.h>

#include "FaultVFS.h"

struct fault_disk {
    struct fault_disk *next;
    char *directory;
    pthread_mutex_t mutex;
    int users;
    fault_entry *entries;
    long count, room;
    /// The name of each file, and whether it still has it.
    char **names;
    int *alive;
    int files;
    int kinds, lasting, full, paused;
    long after, fired;
};

/// The watched disk of `path`, with one more user; NULL when nobody watches it.
fault_disk *fault_disk_of(const char *path);
void fault_disk_release(fault_disk *disk);

/// The file that has the name of `path` now; made when `create`. -1 when there is none.
int fault_disk_file(fault_disk *disk, const char *path, int create, int *made);
void fault_disk_forget(fault_disk *disk, int file);

/// Adds one operation to the trace. The caller holds the mutex.
void fault_disk_note(
    fault_disk *disk, int kind, int file, long long offset, const void *bytes, size_t length,
    int directory);

/// Whether this operation must fail. The caller holds the mutex.
int fault_disk_fails(fault_disk *disk, int kind);

/// Registers the VFS once.
void fault_vfs_register(void);

#endif
