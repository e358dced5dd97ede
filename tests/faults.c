/* A file layer that fails: of the calls that change something below a folder, one fails, or is the last of the process.

   Preloaded (LD_PRELOAD), it counts these calls from the one to `fault_arm` on. FAULTS_BELOW is the folder's path;
   FAULTS_LOG names a file that is given a line for each call: its name, and the path. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int armed, count;
static int at, with;

/* Let call number `number` (from 1; 0: none) fail by `error`; 0 kills the process instead. */
void fault_arm(int number, int error) {
    at = number;
    with = error;
    count = 0;
    armed = 1;
}

static int below(const char *path) {
    const char *folder = getenv("FAULTS_BELOW");
    size_t length = folder ? strlen(folder) : 0;
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static void note(const char *name, const char *path) {
    char line[2 * 4096];
    int length = snprintf(line, sizeof line, "%s %s\n", name, path);
    int log = syscall(SYS_openat, AT_FDCWD, getenv("FAULTS_LOG"), O_WRONLY | O_APPEND);
    syscall(SYS_write, log, line, length);
    syscall(SYS_close, log);
}

static int due(const char *name, const char *path) {
    if (!armed || !below(path)) return 0;
    note(name, path);
    if (++count != at) return 0;
    if (!with) kill(getpid(), SIGKILL);
    errno = with;
    return 1;
}

static void of_descriptor(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, 4095);
    path[length < 0 ? 0 : length] = 0;
}

static int due_at(const char *name, int folder, const char *path) {
    char whole[2 * 4096];
    if (path[0] == '/' || folder == AT_FDCWD) return due(name, path);
    of_descriptor(folder, whole);
    strcat(strcat(whole, "/"), path);
    return due(name, whole);
}

static int due_in(const char *name, int descriptor) {
    char path[4096];
    of_descriptor(descriptor, path);
    return due(name, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define AT_PATH(name, parameters, path, arguments) \
    int name parameters { return due(#name, path) ? -1 : REAL(name) arguments; }
#define AT_FOLDER(name, parameters, folder, path, arguments) \
    int name parameters { return due_at(#name, folder, path) ? -1 : REAL(name) arguments; }
#define IN(type, name, parameters, descriptor, arguments) \
    type name parameters { return due_in(#name, descriptor) ? -1 : REAL(name) arguments; }

AT_PATH(mkdir, (const char *path, mode_t mode), path, (path, mode))
AT_PATH(rmdir, (const char *path), path, (path))
AT_PATH(unlink, (const char *path), path, (path))
AT_PATH(chmod, (const char *path, mode_t mode), path, (path, mode))
AT_PATH(rename, (const char *from, const char *to), from, (from, to))
AT_PATH(symlink, (const char *to, const char *path), path, (to, path))
AT_FOLDER(mkdirat, (int folder, const char *path, mode_t mode), folder, path, (folder, path, mode))
AT_FOLDER(unlinkat, (int folder, const char *path, int flags), folder, path, (folder, path, flags))
AT_FOLDER(fchmodat, (int folder, const char *path, mode_t mode, int flags), folder, path, (folder, path, mode, flags))
AT_FOLDER(symlinkat, (const char *to, int folder, const char *path), folder, path, (to, folder, path))
AT_FOLDER(renameat, (int one, const char *from, int other, const char *to), one, from, (one, from, other, to))
AT_FOLDER(renameat2, (int one, const char *from, int other, const char *to, unsigned flags), one, from,
          (one, from, other, to, flags))
IN(ssize_t, write, (int file, const void *data, size_t size), file, (file, data, size))
IN(ssize_t, writev, (int file, const struct iovec *data, int size), file, (file, data, size))
IN(ssize_t, pwrite, (int file, const void *data, size_t size, off_t place), file, (file, data, size, place))
IN(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t place), file, (file, data, size, place))
IN(ssize_t, sendfile, (int to, int from, off_t *place, size_t size), to, (to, from, place, size))
IN(ssize_t, sendfile64, (int to, int from, off64_t *place, size_t size), to, (to, from, place, size))
IN(ssize_t, copy_file_range, (int from, off64_t *start, int to, off64_t *end, size_t size, unsigned flags), to,
   (from, start, to, end, size, flags))
IN(int, fsync, (int file), file, (file))
IN(int, fdatasync, (int file), file, (file))
IN(int, syncfs, (int file), file, (file))
IN(int, fchmod, (int file, mode_t mode), file, (file, mode))
IN(int, ftruncate, (int file, off_t size), file, (file, size))
IN(int, ftruncate64, (int file, off64_t size), file, (file, size))

#define OPENING(name, parameters, folder, arguments) \
    int name parameters { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int writes = flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC); \
        return writes && due_at(#name, folder, path) ? -1 : REAL(name) arguments; \
    }

OPENING(open, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENING(open64, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENING(openat, (int folder, const char *path, int flags, ...), folder, (folder, path, flags, mode))
OPENING(openat64, (int folder, const char *path, int flags, ...), folder, (folder, path, flags, mode))
