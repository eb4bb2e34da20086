/* The trace, the folder that is watched, and what was asked for: see shim.c. */
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "past.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static char root[PATH_MAX];
static size_t root_length;
static const char *swallow;
static long fail_at, fails, room = -1, tear_at, kill_at;
static long flushes, writes, changes;

static long number(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void start(void) {
  const char *folder = getenv("CAIRN_SHIM_ROOT"), *file = getenv("CAIRN_SHIM_TRACE");
  if (!folder || !file || strlen(folder) >= sizeof root) return;
  swallow = getenv("CAIRN_SHIM_SWALLOW");
  fail_at = number("CAIRN_SHIM_FAIL", 0);
  fails = number("CAIRN_SHIM_FAILS", 1);
  room = number("CAIRN_SHIM_ROOM", -1);
  tear_at = number("CAIRN_SHIM_TEAR", 0);
  kill_at = number("CAIRN_SHIM_KILL", 0);
  int fd = (int)own(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  /* Out of the way of the numbers that the program gets. */
  trace = (int)own(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 900);
  own(SYS_close, fd);
  strcpy(root, folder);
  root_length = strlen(root);
  stop_calls();
}

static int within(const char *path) {
  return trace >= 0 && strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == 0);
}

/* The path of an open file, without the mark of one that was removed; 0 outside the folder. */
static int path_of(int fd, char *path) {
  char link[64];
  if (trace < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = own(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  static const char gone[] = " (deleted)";
  size_t tail = sizeof gone - 1;
  if ((size_t)length > tail && strcmp(path + length - tail, gone) == 0) path[length - tail] = 0;
  return within(path);
}

/* The whole path of a name given to a call; 0 outside the folder. */
static int whole(int folder, const char *name, char *path) {
  if (trace < 0 || !name) return 0;
  if (name[0] == '/') {
    if (strlen(name) >= PATH_MAX) return 0;
    strcpy(path, name);
    return within(path);
  }
  char base[PATH_MAX];
  if (folder == AT_FDCWD ? !getcwd(base, sizeof base) : !path_of(folder, base)) return 0;
  if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
  return within(path);
}

/* One record: kind, inode, a number, lengths of the text and of the bytes; then both. */
static void put(char kind, uint64_t inode, uint64_t at, const char *text, const void *bytes, size_t length) {
  struct __attribute__((packed)) {
    char kind;
    uint64_t inode, at;
    uint32_t text, bytes;
  } head = {kind, inode, at, (uint32_t)(text ? strlen(text) : 0), (uint32_t)length};
  struct iovec parts[3] = {{&head, sizeof head}, {(void *)text, head.text}, {(void *)bytes, length}};
  ssize_t put = own(SYS_writev, trace, parts, 3);
  if (put != (ssize_t)(sizeof head + head.text + length)) abort(); /* A trace with gaps shows nothing. */
}

static void die(void) {
  own(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

/* Before each change, under the lock. */
static void change(void) {
  if (kill_at && ++changes == kill_at) die();
}

static uint64_t inode_of(int fd) {
  struct stat data;
  return fstat(fd, &data) == 0 ? data.st_ino : 0;
}

static int is_file(int fd) {
  struct stat data;
  return fstat(fd, &data) == 0 && S_ISREG(data.st_mode);
}

static uint64_t inode_at(const char *path) {
  struct stat data;
  return lstat(path, &data) == 0 ? data.st_ino : 0;
}
