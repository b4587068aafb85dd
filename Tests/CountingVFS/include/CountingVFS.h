#ifndef COUNTING_VFS_H
#define COUNTING_VFS_H

/// Registers a SQLite VFS around the default one as the new default. It counts each `xSync`, that is
/// each fsync or fdatasync that SQLite asks for. Returns SQLite's result code; calling it again does
/// nothing. Only connections that are opened afterwards are counted.
int counting_vfs_register(void);

/// How many syncs the watched files have had.
long counting_vfs_syncs(void);

/// From now on only files whose path begins with `prefix` are counted, from zero.
void counting_vfs_watch(const char *prefix);

#endif
