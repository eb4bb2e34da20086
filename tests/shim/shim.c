/* What a program does to the files of one folder, written down in order; and failures on demand.
 *
 * Context: the power-cut tests (tests/tests/power) preload this into the real `cairn-cli`. From the trace
 * they rebuild what a disk may hold after a cut of power at any point.
 *
 * Design: each call of the C library that changes a file is answered by the system call itself, and
 * is written into the trace once it went well, both under one lock: the trace is the true order.
 * Files are told apart by inode, which outlives a rename; the path of a descriptor comes from
 * /proc/self/fd, so no table can go stale. What the kernel would copy by itself (copy_file_range,
 * sendfile, splice) is refused, upon which programs copy by reading and writing. What goes past the
 * C library is stopped and led back here (past.h); the tests compare the whole trace with the real
 * folder to rule out that anything was missed.
 *
 * In: environment variables, all but the first two optional; numbers count from 1.
 *   CAIRN_SHIM_ROOT     the folder; everything else passes untouched
 *   CAIRN_SHIM_TRACE    the file to append the trace to
 *   CAIRN_SHIM_SWALLOW  `all`, `folders`, or the end of a file name (`-wal`): these flushes are not
 *                       done, but said to be, and not traced
 *   CAIRN_SHIM_FAIL     this flush of a file fails with EIO (SQLite ignores those of a folder)
 *   CAIRN_SHIM_FAILS    so many from there on (else 1)
 *   CAIRN_SHIM_ROOM     files may grow by so many bytes in all, then ENOSPC
 *   CAIRN_SHIM_TEAR     this write is made only in its first part, and the program killed
 *   CAIRN_SHIM_KILL     the program is killed before this change
 * Out: records as `put` writes them, read by tests/src/disk/trace.rs.
 */
#include "record.h"

/* -- opening -- */

static int open_at(int folder, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  int changing = flags & (O_CREAT | O_TRUNC);
  if (!changing || !whole(folder, name, path)) return (int)own(SYS_openat, folder, name, flags, mode);
  pthread_mutex_lock(&lock);
  uint64_t before = inode_at(path);
  if ((flags & O_CREAT && !before) || flags & O_TRUNC) change();
  int fd = (int)own(SYS_openat, folder, name, flags, mode);
  int error = errno;
  if (fd >= 0 && (flags & O_TMPFILE) != O_TMPFILE && is_file(fd)) {
    uint64_t inode = inode_of(fd);
    if (!before) put('C', inode, 0, path, NULL, 0);
    else if (flags & O_TRUNC) put('T', inode, 0, path, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

static mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}
#define OPEN(name, ...)                                   \
  int name(__VA_ARGS__, int flags, ...) {                 \
    va_list rest;                                         \
    va_start(rest, flags);                                \
    mode_t mode = mode_of(flags, rest);                   \
    va_end(rest);                                         \
    return open_at(folder, path, flags, mode);            \
  }
#define folder AT_FDCWD
OPEN(open, const char *path)
OPEN(open64, const char *path)
int __open_2(const char *path, int flags) { return open_at(folder, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_at(folder, path, flags, 0); }
int creat(const char *path, mode_t mode) { return open_at(folder, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }
#undef folder
OPEN(openat, int folder, const char *path)
OPEN(openat64, int folder, const char *path)
int __openat_2(int folder, const char *path, int flags) { return open_at(folder, path, flags, 0); }
int __openat64_2(int folder, const char *path, int flags) { return open_at(folder, path, flags, 0); }

/* -- writing -- */

/* Bytes that may be written of `length`; 0 when the disk is full. */
static size_t fits(int fd, off_t at, size_t length) {
  struct stat data;
  if (room < 0 || fstat(fd, &data) != 0) return length;
  long grows = (long)(at + (off_t)length - data.st_size);
  if (grows <= 0) return length;
  if (grows > (long)length) grows = (long)length;
  long over = grows > room ? grows - room : 0;
  room -= grows - over;
  return length - (size_t)over;
}

/* `at` below 0: at the place of the descriptor. */
static ssize_t write_at(int fd, const void *bytes, size_t length, off_t at) {
  char path[PATH_MAX];
  int error, ours = fd != trace && path_of(fd, path) && is_file(fd);
  if (!ours && (trace < 0 || fd != STDOUT_FILENO))
    return at < 0 ? own(SYS_write, fd, bytes, length) : own(SYS_pwrite64, fd, bytes, length, at);
  pthread_mutex_lock(&lock);
  ssize_t done;
  if (!ours) {
    /* Noted first: once the reader has it, it was said. */
    put('O', 0, 0, NULL, bytes, length);
    done = own(SYS_write, fd, bytes, length);
    error = errno;
  } else {
    change();
    off_t place = at;
    if (at < 0) {
      long flags = own(SYS_fcntl, fd, F_GETFL);
      place = lseek(fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    int torn = tear_at && ++writes == tear_at;
    size_t most = fits(fd, place, length);
    if (torn) most = length > 512 ? length / 2 / 512 * 512 : length / 2;
    if (length && !most && !torn) {
      done = -1;
      errno = ENOSPC;
    } else {
      done = at < 0 ? own(SYS_write, fd, bytes, most) : own(SYS_pwrite64, fd, bytes, most, at);
    }
    error = errno;
    if (done > 0) put('W', inode_of(fd), (uint64_t)place, path, bytes, (size_t)done);
    if (torn) die();
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

static ssize_t write_parts(int fd, const struct iovec *parts, int count, off_t at) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = write_at(fd, parts[i].iov_base, parts[i].iov_len, at < 0 ? at : at + sum);
    if (done < 0) return sum ? sum : -1;
    sum += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return sum;
}

ssize_t write(int fd, const void *bytes, size_t length) { return write_at(fd, bytes, length, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return write_at(fd, bytes, length, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return write_at(fd, bytes, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return write_parts(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return write_parts(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return write_parts(fd, parts, count, at); }

int ftruncate(int fd, off_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return (int)own(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  change();
  struct stat data;
  int full = room >= 0 && fstat(fd, &data) == 0 && length > data.st_size + room;
  int done = full ? -1 : (int)own(SYS_ftruncate, fd, length);
  int error = full ? ENOSPC : errno;
  if (done == 0) put('T', inode_of(fd), (uint64_t)length, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }
int truncate(const char *path, off_t length) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int done = ftruncate(fd, length), error = errno;
  close(fd);
  errno = error;
  return done;
}
int truncate64(const char *path, off64_t length) { return truncate(path, length); }

/* Programs then write or copy by themselves. */
static int refuse(int error) {
  errno = error;
  return -1;
}
int fallocate(int fd, int mode, off_t at, off_t length) {
  return trace < 0 ? (int)own(SYS_fallocate, fd, mode, at, length) : refuse(EOPNOTSUPP);
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return fallocate(fd, mode, at, length); }
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t length, unsigned flags) {
  return trace < 0 ? own(SYS_copy_file_range, in, in_at, out, out_at, length, flags) : refuse(ENOSYS);
}
ssize_t sendfile(int out, int in, off_t *at, size_t length) {
  return trace < 0 ? own(SYS_sendfile, out, in, at, length) : refuse(EINVAL);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t length) { return sendfile(out, in, at, length); }
ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t length, unsigned flags) {
  return trace < 0 ? own(SYS_splice, in, in_at, out, out_at, length, flags) : refuse(EINVAL);
}

/* Writing into memory is not seen; the tests allow it for the index of the write-ahead log alone. */
void *mmap(void *place, size_t length, int allowed, int flags, int fd, off_t at) {
  char path[PATH_MAX];
  if (fd >= 0 && allowed & PROT_WRITE && flags & MAP_SHARED && path_of(fd, path)) {
    pthread_mutex_lock(&lock);
    put('P', inode_of(fd), 0, path, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return (void *)own(SYS_mmap, place, length, allowed, flags, fd, at);
}
void *mmap64(void *place, size_t length, int allowed, int flags, int fd, off64_t at) {
  return mmap(place, length, allowed, flags, fd, at);
}

/* -- flushing -- */

static int ends(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int flush(int fd, long call) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return (int)own(call, fd);
  pthread_mutex_lock(&lock);
  change();
  int file = is_file(fd), done = 0, error = errno;
  flushes += file;
  int swallowed = swallow && (strcmp(swallow, "all") == 0 ||
                              (strcmp(swallow, "folders") == 0 ? !file : file && ends(path, swallow)));
  if (!swallowed) {
    /* The kernel is not asked: a cut of power is played on the trace, and this is faster. */
    int fail = file && fail_at && flushes >= fail_at && flushes < fail_at + fails;
    put(fail ? 'F' : 'S', inode_of(fd), (uint64_t)file, path, NULL, 0);
    if (fail) done = -1, error = EIO;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int fsync(int fd) { return flush(fd, SYS_fsync); }
int fdatasync(int fd) { return flush(fd, SYS_fdatasync); }

/* -- names -- */

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  char old[PATH_MAX], new[PATH_MAX];
  int ours = whole(from_folder, from, old) & whole(to_folder, to, new);
  if (!ours) return (int)own(SYS_renameat2, from_folder, from, to_folder, to, flags);
  pthread_mutex_lock(&lock);
  change();
  int done = (int)own(SYS_renameat2, from_folder, from, to_folder, to, flags), error = errno;
  if (done == 0) put('R', inode_at(new), 0, old, new, strlen(new));
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  char path[PATH_MAX];
  int ours = whole(to_folder, to, path);
  if (!ours) return (int)own(SYS_linkat, from_folder, from, to_folder, to, flags);
  pthread_mutex_lock(&lock);
  change();
  int done = (int)own(SYS_linkat, from_folder, from, to_folder, to, flags), error = errno;
  if (done == 0) put('L', inode_at(path), 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int in, const char *name, int flags) {
  char path[PATH_MAX];
  if (!whole(in, name, path)) return (int)own(SYS_unlinkat, in, name, flags);
  pthread_mutex_lock(&lock);
  uint64_t inode = inode_at(path);
  if (inode) change();
  int done = (int)own(SYS_unlinkat, in, name, flags), error = errno;
  if (done == 0) put('U', inode, 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int in, const char *name, mode_t mode) {
  char path[PATH_MAX];
  if (!whole(in, name, path)) return (int)own(SYS_mkdirat, in, name, mode);
  pthread_mutex_lock(&lock);
  change();
  int done = (int)own(SYS_mkdirat, in, name, mode), error = errno;
  if (done == 0) put('M', inode_at(path), 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* -- calls that went past the C library -- */

static void stopped(int signal, siginfo_t *info, void *context) {
  (void)signal;
  ucontext_t *at = context;
#if defined(__x86_64__)
  greg_t *r = at->uc_mcontext.gregs;
  long a = r[REG_RDI], b = r[REG_RSI], c = r[REG_RDX], d = r[REG_R10], e = r[REG_R8];
#else
  unsigned long long *r = at->uc_mcontext.regs;
  long a = (long)r[0], b = (long)r[1], c = (long)r[2], d = (long)r[3], e = (long)r[4];
#endif
#define TEXT(value) ((const char *)(value))
  long done = -1;
  int before = errno;
  switch (info->si_syscall) {
#ifdef SYS_rename
    case SYS_rename: done = rename(TEXT(a), TEXT(b)); break;
    case SYS_link: done = link(TEXT(a), TEXT(b)); break;
    case SYS_unlink: done = unlink(TEXT(a)); break;
    case SYS_mkdir: done = mkdir(TEXT(a), (mode_t)b); break;
    case SYS_rmdir: done = rmdir(TEXT(a)); break;
#endif
    case SYS_renameat: done = renameat((int)a, TEXT(b), (int)c, TEXT(d)); break;
    case SYS_renameat2: done = renameat2((int)a, TEXT(b), (int)c, TEXT(d), (unsigned)e); break;
    case SYS_linkat: done = linkat((int)a, TEXT(b), (int)c, TEXT(d), (int)e); break;
    case SYS_unlinkat: done = unlinkat((int)a, TEXT(b), (int)c); break;
    case SYS_mkdirat: done = mkdirat((int)a, TEXT(b), (mode_t)c); break;
    case SYS_ftruncate: done = ftruncate((int)a, b); break;
    case SYS_fsync: done = fsync((int)a); break;
    case SYS_fdatasync: done = fdatasync((int)a); break;
    default: abort();
  }
  long result = done < 0 ? -errno : done;
  errno = before;
#if defined(__x86_64__)
  r[REG_RAX] = result;
#else
  r[0] = (unsigned long long)result;
#endif
}
