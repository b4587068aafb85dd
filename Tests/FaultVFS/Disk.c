// The disk under test: which directory, what happened to it, what is to fail next.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static pthread_mutex_t list_mutex = PTHREAD_MUTEX_INITIALIZER;
static fault_disk *disks;

static void *checked(void *memory) {
    if (memory == NULL) abort();
    return memory;
}

fault_disk *fault_disk_attach(const char *directory) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fault_vfs_register);
    fault_disk *disk = checked(calloc(1, sizeof *disk));
    disk->directory = checked(strdup(directory));
    disk->users = 1;
    pthread_mutex_init(&disk->mutex, NULL);
    pthread_mutex_lock(&list_mutex);
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&list_mutex);
    return disk;
}

void fault_disk_detach(fault_disk *disk) {
    pthread_mutex_lock(&list_mutex);
    for (fault_disk **at = &disks; *at != NULL; at = &(*at)->next) {
        if (*at != disk) continue;
        *at = disk->next;
        break;
    }
    pthread_mutex_unlock(&list_mutex);
    fault_disk_release(disk);
}

fault_disk *fault_disk_of(const char *path) {
    if (path == NULL) return NULL;
    pthread_mutex_lock(&list_mutex);
    fault_disk *disk = disks;
    for (; disk != NULL; disk = disk->next) {
        size_t length = strlen(disk->directory);
        if (strncmp(path, disk->directory, length) == 0 && path[length] == '/') break;
    }
    if (disk != NULL) disk->users++;
    pthread_mutex_unlock(&list_mutex);
    return disk;
}

void fault_disk_release(fault_disk *disk) {
    pthread_mutex_lock(&list_mutex);
    int users = --disk->users;
    pthread_mutex_unlock(&list_mutex);
    if (users > 0) return;
    for (long i = 0; i < disk->count; i++) free((void *)disk->entries[i].bytes);
    for (int i = 0; i < disk->files; i++) free(disk->names[i]);
    free(disk->entries);
    free(disk->names);
    free(disk->alive);
    free(disk->directory);
    pthread_mutex_destroy(&disk->mutex);
    free(disk);
}

int fault_disk_file(fault_disk *disk, const char *path, int create, int *made) {
    const char *name = strrchr(path, '/') + 1;
    if (made != NULL) *made = 0;
    for (int i = 0; i < disk->files; i++) {
        if (disk->alive[i] && strcmp(disk->names[i], name) == 0) return i;
    }
    if (!create) return -1;
    int file = disk->files++;
    disk->names = checked(realloc(disk->names, sizeof(char *) * (size_t)disk->files));
    disk->alive = checked(realloc(disk->alive, sizeof(int) * (size_t)disk->files));
    disk->names[file] = checked(strdup(name));
    disk->alive[file] = 1;
    if (made != NULL) *made = 1;
    return file;
}

void fault_disk_forget(fault_disk *disk, int file) { disk->alive[file] = 0; }

void fault_disk_note(
    fault_disk *disk, int kind, int file, long long offset, const void *bytes, size_t length,
    int directory
) {
    if (disk->count == disk->room) {
        disk->room = disk->room * 2 + 1024;
        disk->entries =
            checked(realloc(disk->entries, sizeof(fault_entry) * (size_t)disk->room));
    }
    unsigned char *copy = NULL;
    if (length > 0) {
        copy = checked(malloc(length));
        memcpy(copy, bytes, length);
    }
    disk->entries[disk->count++] = (fault_entry){
        kind, file, disk->names[file], offset, length, copy, directory,
    };
}

int fault_disk_fails(fault_disk *disk, int kind) {
    if (disk->paused || (disk->kinds & kind) == 0) return 0;
    if (disk->after > 0) {
        disk->after--;
        return 0;
    }
    if (disk->fired > 0 && !disk->lasting) return 0;
    disk->fired++;
    return 1;
}

long fault_disk_count(fault_disk *disk) {
    pthread_mutex_lock(&disk->mutex);
    long count = disk->count;
    pthread_mutex_unlock(&disk->mutex);
    return count;
}

fault_entry fault_disk_entry(fault_disk *disk, long index) {
    pthread_mutex_lock(&disk->mutex);
    fault_entry entry = disk->entries[index];
    pthread_mutex_unlock(&disk->mutex);
    return entry;
}

void fault_disk_arm(fault_disk *disk, int kinds, long after, int lasting, int full) {
    pthread_mutex_lock(&disk->mutex);
    disk->kinds = kinds;
    disk->after = after;
    disk->lasting = lasting;
    disk->full = full;
    disk->fired = 0;
    pthread_mutex_unlock(&disk->mutex);
}

void fault_disk_pause(fault_disk *disk, int paused) {
    pthread_mutex_lock(&disk->mutex);
    disk->paused = paused;
    pthread_mutex_unlock(&disk->mutex);
}

void fault_disk_disarm(fault_disk *disk) {
    pthread_mutex_lock(&disk->mutex);
    disk->kinds = 0;
    pthread_mutex_unlock(&disk->mutex);
}

long fault_disk_fired(fault_disk *disk) {
    pthread_mutex_lock(&disk->mutex);
    long fired = disk->fired;
    pthread_mutex_unlock(&disk->mutex);
    return fired;
}
