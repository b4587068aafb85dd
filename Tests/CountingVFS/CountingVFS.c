// A VFS shim: GRDB cannot say how often SQLite syncs, and promise 1 of the contract rests on it.
#include "CountingVFS.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/// The shim's file: its own head, then the real VFS's file.
typedef struct {
    sqlite3_file base;
    sqlite3_io_methods methods;
    const sqlite3_io_methods *real;
    int counted;
} counting_file;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs counting_vfs;
static atomic_long syncs;
static char watched[1024];

static sqlite3_file *real_file(sqlite3_file *file) {
    return (sqlite3_file *)((char *)file + sizeof(counting_file));
}

#define REAL(call) ((counting_file *)file)->real->call

static int c_close(sqlite3_file *file) { return REAL(xClose)(real_file(file)); }
static int c_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at) {
    return REAL(xRead)(real_file(file), to, n, at);
}
static int c_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at) {
    return REAL(xWrite)(real_file(file), from, n, at);
}
static int c_truncate(sqlite3_file *file, sqlite3_int64 size) {
    return REAL(xTruncate)(real_file(file), size);
}
static int c_sync(sqlite3_file *file, int flags) {
    if (((counting_file *)file)->counted) atomic_fetch_add(&syncs, 1);
    return REAL(xSync)(real_file(file), flags);
}
static int c_size(sqlite3_file *file, sqlite3_int64 *size) {
    return REAL(xFileSize)(real_file(file), size);
}
static int c_lock(sqlite3_file *file, int level) { return REAL(xLock)(real_file(file), level); }
static int c_unlock(sqlite3_file *file, int level) {
    return REAL(xUnlock)(real_file(file), level);
}
static int c_reserved(sqlite3_file *file, int *out) {
    return REAL(xCheckReservedLock)(real_file(file), out);
}
static int c_control(sqlite3_file *file, int op, void *arg) {
    return REAL(xFileControl)(real_file(file), op, arg);
}
static int c_sector(sqlite3_file *file) { return REAL(xSectorSize)(real_file(file)); }
static int c_traits(sqlite3_file *file) { return REAL(xDeviceCharacteristics)(real_file(file)); }
static int c_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return REAL(xShmMap)(real_file(file), page, size, extend, out);
}
static int c_shm_lock(sqlite3_file *file, int at, int n, int flags) {
    return REAL(xShmLock)(real_file(file), at, n, flags);
}
static void c_barrier(sqlite3_file *file) { REAL(xShmBarrier)(real_file(file)); }
static int c_unmap(sqlite3_file *file, int remove) {
    return REAL(xShmUnmap)(real_file(file), remove);
}
static int c_fetch(sqlite3_file *file, sqlite3_int64 at, int n, void **out) {
    return REAL(xFetch)(real_file(file), at, n, out);
}
static int c_unfetch(sqlite3_file *file, sqlite3_int64 at, void *page) {
    return REAL(xUnfetch)(real_file(file), at, page);
}

static void fill(counting_file *counting) {
    sqlite3_io_methods *methods = &counting->methods;
    memset(methods, 0, sizeof *methods);
    methods->iVersion = counting->real->iVersion < 3 ? counting->real->iVersion : 3;
    methods->xClose = c_close;
    methods->xRead = c_read;
    methods->xWrite = c_write;
    methods->xTruncate = c_truncate;
    methods->xSync = c_sync;
    methods->xFileSize = c_size;
    methods->xLock = c_lock;
    methods->xUnlock = c_unlock;
    methods->xCheckReservedLock = c_reserved;
    methods->xFileControl = c_control;
    methods->xSectorSize = c_sector;
    methods->xDeviceCharacteristics = c_traits;
    methods->xShmMap = c_map;
    methods->xShmLock = c_shm_lock;
    methods->xShmBarrier = c_barrier;
    methods->xShmUnmap = c_unmap;
    methods->xFetch = c_fetch;
    methods->xUnfetch = c_unfetch;
}

static int c_open(
    sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out
) {
    (void)vfs;
    counting_file *counting = (counting_file *)file;
    sqlite3_file *real = real_file(file);
    memset(counting, 0, sizeof *counting);
    real->pMethods = NULL;
    int code = real_vfs->xOpen(real_vfs, name, real, flags, out);
    if (real->pMethods == NULL) return code;
    counting->real = real->pMethods;
    counting->counted =
        name != NULL && watched[0] != 0 && strncmp(name, watched, strlen(watched)) == 0;
    fill(counting);
    file->pMethods = &counting->methods;
    return code;
}

int counting_vfs_register(void) {
    if (real_vfs != NULL) return SQLITE_OK;
    real_vfs = sqlite3_vfs_find(NULL);
    if (real_vfs == NULL) return SQLITE_ERROR;
    // The other calls go straight to the real VFS, whose functions read only its pAppData.
    counting_vfs = *real_vfs;
    counting_vfs.zName = "counting";
    counting_vfs.pNext = NULL;
    counting_vfs.szOsFile = (int)sizeof(counting_file) + real_vfs->szOsFile;
    counting_vfs.xOpen = c_open;
    return sqlite3_vfs_register(&counting_vfs, 1);
}

void counting_vfs_watch(const char *prefix) {
    snprintf(watched, sizeof watched, "%s", prefix);
    atomic_store(&syncs, 0);
}

long counting_vfs_syncs(void) { return atomic_load(&syncs); }
