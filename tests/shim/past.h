/* Calls that go past the C library (Rust's rustix makes its own): the kernel stops those that change
 * a name, a length or a flush, unless they come from `own`, and the handler answers them as the
 * functions in shim.c do. Writes past the library would be seen in that the trace does not match. */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <ucontext.h>

/* The one place in memory whose system calls are not stopped: number and six values, as the kernel
 * answers them. */
long shim_call(long number, ...) __attribute__((visibility("hidden")));
extern char shim_called[] __attribute__((visibility("hidden")));
#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
__asm__(".text\n.hidden shim_call\n.globl shim_call\n.type shim_call,@function\nshim_call:\n"
        "mov %rdi,%rax\nmov %rsi,%rdi\nmov %rdx,%rsi\nmov %rcx,%rdx\nmov %r8,%r10\nmov %r9,%r8\n"
        "mov 8(%rsp),%r9\nsyscall\n.hidden shim_called\n.globl shim_called\nshim_called:\nret\n");
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
__asm__(".text\n.hidden shim_call\n.globl shim_call\n.type shim_call,%function\nshim_call:\n"
        "mov x8,x0\nmov x0,x1\nmov x1,x2\nmov x2,x3\nmov x3,x4\nmov x4,x5\nmov x5,x6\n"
        "svc 0\n.hidden shim_called\n.globl shim_called\nshim_called:\nret\n");
#else
#error "the shim knows x86-64 and ARM64"
#endif

static long answer(long result) {
  if (result >= 0 || result < -4095) return result;
  errno = (int)-result;
  return -1;
}
#define LONG(value) ((long)(value))
#define SIX(n, a, b, c, d, e, f, ...) \
  answer(shim_call(LONG(n), LONG(a), LONG(b), LONG(c), LONG(d), LONG(e), LONG(f)))
/* A system call of the shim's own. */
#define own(...) SIX(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

static void stopped(int, siginfo_t *, void *);

static void stop_calls(void) {
  static const int numbers[] = {
#ifdef SYS_rename
      SYS_rename, SYS_link, SYS_unlink, SYS_mkdir, SYS_rmdir,
#endif
      SYS_renameat, SYS_renameat2, SYS_linkat, SYS_unlinkat, SYS_mkdirat,
      SYS_ftruncate, SYS_fsync, SYS_fdatasync};
  enum { COUNT = sizeof numbers / sizeof *numbers };
  uint64_t from = (uint64_t)(uintptr_t)shim_called;
  struct sock_filter code[COUNT + 9], *next = code;
  struct sock_filter load = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), pass = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
#define LOAD(field) (load.k = offsetof(struct seccomp_data, field), *next++ = load)
#define EQUAL(value, yes, no) (*next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no))
  LOAD(arch);
  EQUAL(ARCHITECTURE, 0, COUNT + 1); /* to `pass` */
  LOAD(nr);
  for (int i = 0; i < COUNT; i++) EQUAL(numbers[i], COUNT - i, 0); /* to the look at the place */
  *next++ = pass;
  load.k = offsetof(struct seccomp_data, instruction_pointer);
  *next++ = load;
  EQUAL(from, 1, 0);
  struct sock_filter trap = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  *next++ = trap;
  /* The lower half tells the places of one program apart well enough. */
  *next++ = pass;
  struct sock_fprog program = {(unsigned short)(next - code), code};
  struct sigaction action = {.sa_sigaction = stopped, .sa_flags = SA_SIGINFO | SA_NODEFER};
  sigaction(SIGSYS, &action, NULL);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
    perror("cairn's shim can't watch: this kernel takes no filter of calls (seccomp)");
    abort();
  }
}
