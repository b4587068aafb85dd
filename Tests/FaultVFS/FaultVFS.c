// A SQLite VFS around the default one that tells a disk under test of each operation first.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

/// The shim's file: its own head, then the real VFS's file.
typedef struct {
    sqlite3_file base;
    const sqlite3_io_methods *real;
    fault_disk *disk;
    int file;
    /// The real VFS syncs the directory with the first sync of a journal that it made.
    int syncs_directory;
} fault_file;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;

static fault_file *shim(sqlite3_file *file) { return (fault_file *)file; }
static sqlite3_file *real_file(sqlite3_file *file) {
    return (sqlite3_file *)((char *)file + sizeof(fault_file));
}

#define REAL(call) shim(file)->real->call

/// Begins one operation; when it is to fail, ends the function with what SQLite would see.
#define BEGIN(kind, io_error, full_error)                                                          \
    fault_disk *disk = shim(file)->disk;                                                           \
    pthread_mutex_lock(&disk->mutex);                                                              \
    if (fault_disk_fails(disk, kind)) {                                                            \
        int full = disk->full;                                                                     \
        pthread_mutex_unlock(&disk->mutex);                                                        \
        return full ? (full_error) : (io_error);                                                   \
    }
#define END(code)                                                                                  \
    pthread_mutex_unlock(&disk->mutex);                                                            \
    return code

static int f_close(sqlite3_file *file) {
    int code = REAL(xClose)(real_file(file));
    fault_disk_release(shim(file)->disk);
    return code;
}

static int f_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at) {
    BEGIN(FAULT_READ, SQLITE_IOERR_READ, SQLITE_IOERR_READ)
    int code = REAL(xRead)(real_file(file), to, n, at);
    END(code);
}

static int f_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at) {
    fault_disk *disk = shim(file)->disk;
    pthread_mutex_lock(&disk->mutex);
    int fails = fault_disk_fails(disk, FAULT_WRITE);
    int part = fails ? n / 2 : n;
    int code = part > 0 ? REAL(xWrite)(real_file(file), from, part, at) : SQLITE_OK;
    if (code == SQLITE_OK && part > 0) {
        fault_disk_note(disk, FAULT_WRITE, shim(file)->file, at, from, (size_t)part, 0);
    }
    if (fails) code = disk->full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    END(code);
}

static int f_truncate(sqlite3_file *file, sqlite3_int64 size) {
    BEGIN(FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_TRUNCATE)
    int code = REAL(xTruncate)(real_file(file), size);
    if (code == SQLITE_OK) {
        fault_disk_note(disk, FAULT_TRUNCATE, shim(file)->file, size, NULL, 0, 0);
    }
    END(code);
}

static int f_sync(sqlite3_file *file, int flags) {
    BEGIN(FAULT_SYNC, SQLITE_IOERR_FSYNC, SQLITE_IOERR_FSYNC)
    int code = REAL(xSync)(real_file(file), flags);
    if (code == SQLITE_OK) {
        int directory = shim(file)->syncs_directory;
        shim(file)->syncs_directory = 0;
        fault_disk_note(disk, FAULT_SYNC, shim(file)->file, 0, NULL, 0, directory);
    }
    END(code);
}

static int f_size(sqlite3_file *file, sqlite3_int64 *size) {
    BEGIN(FAULT_SIZE, SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSTAT)
    int code = REAL(xFileSize)(real_file(file), size);
    END(code);
}

static int f_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    BEGIN(FAULT_MAP, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMSIZE)
    int code = REAL(xShmMap)(real_file(file), page, size, extend, out);
    END(code);
}

static int f_lock(sqlite3_file *file, int level) { return REAL(xLock)(real_file(file), level); }
static int f_unlock(sqlite3_file *file, int level) {
    return REAL(xUnlock)(real_file(file), level);
}
static int f_reserved(sqlite3_file *file, int *out) {
    return REAL(xCheckReservedLock)(real_file(file), out);
}
static int f_control(sqlite3_file *file, int op, void *arg) {
    return REAL(xFileControl)(real_file(file), op, arg);
}
static int f_sector(sqlite3_file *file) { return REAL(xSectorSize)(real_file(file)); }
static int f_traits(sqlite3_file *file) { return REAL(xDeviceCharacteristics)(real_file(file)); }
static int f_shm_lock(sqlite3_file *file, int at, int n, int flags) {
    return REAL(xShmLock)(real_file(file), at, n, flags);
}
static void f_barrier(sqlite3_file *file) { REAL(xShmBarrier)(real_file(file)); }
static int f_unmap(sqlite3_file *file, int remove) {
    return REAL(xShmUnmap)(real_file(file), remove);
}

/// Version 2 has no memory-mapped reads: every byte passes `xRead` and `xWrite`.
static const sqlite3_io_methods methods = {
    2,          f_close,   f_read,     f_write,    f_truncate, f_sync,
    f_size,     f_lock,    f_unlock,   f_reserved, f_control,  f_sector,
    f_traits,   f_map,     f_shm_lock, f_barrier,  f_unmap,    NULL,
    NULL,
};

/// Notes what `path` was before this opening, the first time that it is seen.
static int meet(fault_disk *disk, sqlite3_file *real, const char *path) {
    int made = 0;
    int file = fault_disk_file(disk, path, 1, &made);
    if (!made) return file;
    sqlite3_int64 size = 0;
    real->pMethods->xFileSize(real, &size);
    if (size == 0) {
        fault_disk_note(disk, FAULT_CREATE, file, 0, NULL, 0, 0);
        return file;
    }
    void *bytes = malloc((size_t)size);
    if (bytes == NULL || real->pMethods->xRead(real, bytes, (int)size, 0) != SQLITE_OK) abort();
    fault_disk_note(disk, FAULT_FOUND, file, 0, bytes, (size_t)size, 0);
    free(bytes);
    return file;
}

static int f_open(
    sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out
) {
    (void)vfs;
    fault_disk *disk = fault_disk_of(name);
    if (disk == NULL) return real_vfs->xOpen(real_vfs, name, file, flags, out);
    sqlite3_file *real = real_file(file);
    file->pMethods = NULL;
    real->pMethods = NULL;
    pthread_mutex_lock(&disk->mutex);
    int code = fault_disk_fails(disk, FAULT_OPEN)
        ? SQLITE_CANTOPEN
        : real_vfs->xOpen(real_vfs, name, real, flags, out);
    if (code == SQLITE_OK) {
        int journal = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
        shim(file)->real = real->pMethods;
        shim(file)->disk = disk;
        shim(file)->file = meet(disk, real, name);
        shim(file)->syncs_directory = (flags & SQLITE_OPEN_CREATE) && (flags & journal);
        file->pMethods = &methods;
    }
    pthread_mutex_unlock(&disk->mutex);
    if (code != SQLITE_OK) fault_disk_release(disk);
    return code;
}

static int f_delete(sqlite3_vfs *vfs, const char *name, int directory) {
    (void)vfs;
    fault_disk *disk = fault_disk_of(name);
    if (disk == NULL) return real_vfs->xDelete(real_vfs, name, directory);
    pthread_mutex_lock(&disk->mutex);
    int code = fault_disk_fails(disk, FAULT_DELETE)
        ? SQLITE_IOERR_DELETE
        : real_vfs->xDelete(real_vfs, name, directory);
    int file = fault_disk_file(disk, name, 0, NULL);
    if (code == SQLITE_OK && file >= 0) {
        fault_disk_note(disk, FAULT_DELETE, file, 0, NULL, 0, directory);
        fault_disk_forget(disk, file);
    }
    pthread_mutex_unlock(&disk->mutex);
    fault_disk_release(disk);
    return code;
}

void fault_vfs_register(void) {
    real_vfs = sqlite3_vfs_find(NULL);
    if (real_vfs == NULL) abort();
    // The other calls go straight to the real VFS, whose functions read only its pAppData.
    fault_vfs = *real_vfs;
    fault_vfs.zName = "fault";
    fault_vfs.pNext = NULL;
    fault_vfs.szOsFile = (int)sizeof(fault_file) + real_vfs->szOsFile;
    fault_vfs.xOpen = f_open;
    fault_vfs.xDelete = f_delete;
    if (sqlite3_vfs_register(&fault_vfs, 1) != SQLITE_OK) abort();
}
