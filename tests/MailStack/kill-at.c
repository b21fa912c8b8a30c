/* kill-at N DIR EXCEPT COMMAND...: runs a program and kills it with SIGKILL just before the Nth system call of it, or of a
 * program it has started to work on files, that changes something below DIR: a file's contents, its name, mode or owner,
 * a link, a directory; what is below EXCEPT does not count, or "-". With N = 0 it runs to its end. Prints how many such calls were begun, one line a call, on fd 3.
 * A filter of the kernel's (seccomp(2)) stops only such calls, so that the rest runs at its own speed. Every process below
 * the program has that filter and must be answered as long as it lives: for the daemons among them a watcher stays
 * behind, which lets them do what they want. x86-64 and arm64 Linux, ptrace(2). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#include <elf.h>

static const char *directory, *except;
static long wanted, seen;
static pid_t first;

struct call { long number; unsigned long argument[6]; };

static const int changes[] = {
    SYS_write, SYS_pwrite64, SYS_writev, SYS_copy_file_range, SYS_sendfile, SYS_ftruncate, SYS_fchmod, SYS_fchown, SYS_fsetxattr,
    SYS_openat, SYS_renameat, SYS_renameat2, SYS_symlinkat, SYS_linkat, SYS_unlinkat, SYS_mkdirat, SYS_fchmodat, SYS_fchownat,
#if defined(__x86_64__)
    SYS_open, SYS_creat, SYS_rename, SYS_symlink, SYS_link, SYS_unlink, SYS_rmdir, SYS_mkdir, SYS_chmod, SYS_chown, SYS_lchown,
#endif
};

/* From here on these calls, of this process and of all that it starts, wait for the one who watches. */
static int stop_at_changes(void)
{
    enum { calls = sizeof changes / sizeof *changes };
    struct sock_filter filter[calls + 3] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)) };
    for (int i = 0; i < calls; i++) filter[i + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)changes[i], (unsigned char)(calls - i), 0);
    filter[calls + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[calls + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog program = { calls + 3, filter };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int registers(pid_t thread, struct call *call)
{
#if defined(__x86_64__)
    struct user_regs_struct r;
    if (ptrace(PTRACE_GETREGS, thread, 0, &r) != 0) return -1;
    *call = (struct call){ (long)r.orig_rax, { r.rdi, r.rsi, r.rdx, r.r10, r.r8, r.r9 } };
#else
    struct user_pt_regs r;
    struct iovec into = { &r, sizeof r };
    if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &into) != 0) return -1;
    *call = (struct call){ (long)r.regs[8], { r.regs[0], r.regs[1], r.regs[2], r.regs[3], r.regs[4], r.regs[5] } };
#endif
    return 0;
}

/* The path at an address of another process, made absolute. */
static int path_at(pid_t thread, unsigned long address, long from, char *path)
{
    char name[PATH_MAX] = "", base[PATH_MAX] = "", link[64];
    struct iovec local = { name, sizeof name - 1 }, remote = { (void *)address, sizeof name - 1 };
    /* A read that meets the end of a page is cut short, or fails: then byte by byte. */
    if (process_vm_readv(thread, &local, 1, &remote, 1, 0) < 0) {
        for (size_t i = 0; i < sizeof name - 1; i++) {
            struct iovec one = { name + i, 1 }, there = { (void *)(address + i), 1 };
            if (process_vm_readv(thread, &one, 1, &there, 1, 0) != 1 || !name[i]) break;
        }
    }
    if (name[0] == '/') { snprintf(path, PATH_MAX, "%s", name); return 0; }
    if (from == AT_FDCWD || (int)from == AT_FDCWD) snprintf(link, sizeof link, "/proc/%d/cwd", thread);
    else snprintf(link, sizeof link, "/proc/%d/fd/%ld", thread, from);
    ssize_t length = readlink(link, base, sizeof base - 1);
    if (length < 0) return -1;
    base[length] = 0;
    if ((size_t)snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return -1;
    return 0;
}

static int file_of(pid_t thread, unsigned long descriptor, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/fd/%ld", thread, (long)(int)descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return -1;
    path[length] = 0;
    return 0;
}

static int is_in(const char *above, const char *path)
{
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_below(const char *path)
{
    return is_in(directory, path) && !is_in(except, path);
}

/* The name of a call that changes something below the directory; null for every other. */
static const char *change(pid_t thread, const struct call *c, char *path)
{
    const unsigned long *a = c->argument;
#define AT(name, from, at) if (path_at(thread, at, (long)(from), path) == 0 && is_below(path)) return name; return NULL
#define FD(name, fd) if (file_of(thread, fd, path) == 0 && is_below(path)) return name; return NULL
    switch (c->number) {
    case SYS_write: case SYS_pwrite64: case SYS_writev: case SYS_copy_file_range: case SYS_sendfile: case SYS_ftruncate:
        FD("write", c->number == SYS_copy_file_range ? a[2] : a[0]);
    case SYS_fchmod: FD("chmod", a[0]);
    case SYS_fchown: FD("chown", a[0]);
    case SYS_fsetxattr: FD("setxattr", a[0]);
    case SYS_openat: if (!(a[2] & O_CREAT)) return NULL; AT("create", a[0], a[1]);
    case SYS_renameat: AT("rename", a[2], a[3]);
    case SYS_renameat2: AT("rename", a[2], a[3]);
    case SYS_symlinkat: AT("symlink", a[1], a[2]);
    case SYS_linkat: AT("link", a[2], a[3]);
    case SYS_unlinkat: AT("unlink", a[0], a[1]);
    case SYS_mkdirat: AT("mkdir", a[0], a[1]);
    case SYS_fchmodat: AT("chmod", a[0], a[1]);
    case SYS_fchownat: AT("chown", a[0], a[1]);
#if defined(__x86_64__)
    case SYS_open: if (!(a[1] & O_CREAT)) return NULL; AT("create", AT_FDCWD, a[0]);
    case SYS_creat: AT("create", AT_FDCWD, a[0]);
    case SYS_rename: AT("rename", AT_FDCWD, a[1]);
    case SYS_symlink: AT("symlink", AT_FDCWD, a[1]);
    case SYS_link: AT("link", AT_FDCWD, a[1]);
    case SYS_unlink: AT("unlink", AT_FDCWD, a[0]);
    case SYS_rmdir: AT("rmdir", AT_FDCWD, a[0]);
    case SYS_mkdir: AT("mkdir", AT_FDCWD, a[0]);
    case SYS_chmod: AT("chmod", AT_FDCWD, a[0]);
    case SYS_chown: case SYS_lchown: AT("chown", AT_FDCWD, a[0]);
#endif
    }
    return NULL;
}

/* Itself, and programs that work on files for it; others that it starts, daemons among them, do what they want. */
static int is_followed(pid_t thread)
{
    static const char *const names[] = { "cp", "chown", "sievec" };
    char link[64], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/%d/task/%d", first, thread);
    if (access(link, F_OK) == 0) return 1;
    snprintf(link, sizeof link, "/proc/%d/exe", thread);
    if (readlink(link, path, sizeof path - 1) < 0) return 0;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) if (strcmp(name, names[i]) == 0) return 1;
    return 0;
}

/* Answers every process until none is left; says on a descriptor how the first one ended, as soon as it has. */
static void watch(int answer)
{
    int status, is_killed = 0;
    for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread != first) continue;
            unsigned char result = (unsigned char)(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            close(3);
            if (write(answer, &result, 1) != 1) return;
            close(answer);
            first = 0;
            continue;
        }
        int signal = WSTOPSIG(status), event = status >> 16;
        char path[PATH_MAX];
        struct call call;
        if (event == PTRACE_EVENT_SECCOMP && first && !is_killed && is_followed(thread) && registers(thread, &call) == 0) {
            const char *what = change(thread, &call, path);
            if (what) dprintf(3, "%s %s\n", what, path);
            if (what && ++seen == wanted) {
                is_killed = 1;
                kill(first, SIGKILL);
                kill(thread, SIGKILL);
                continue;
            }
        }
        /* The first stop of a new thread or process is a SIGSTOP of the kernel's. */
        ptrace(PTRACE_CONT, thread, 0, event || signal == SIGSTOP || signal == SIGTRAP ? 0 : signal);
    }
}

int main(int count, char **arguments)
{
    int result[2];
    unsigned char ended = 1;
    if (count < 5) { fprintf(stderr, "usage: kill-at N DIR EXCEPT COMMAND...\n"); return 2; }
    wanted = atol(arguments[1]);
    directory = arguments[2];
    except = arguments[3];
    if (pipe2(result, O_CLOEXEC) != 0) return 1;
    if (fork() != 0) {
        close(result[1]);
        return read(result[0], &ended, 1) == 1 ? ended : 1;
    }
    if ((first = fork()) == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        close(3);
        raise(SIGSTOP);
        if (stop_at_changes() != 0) _exit(126);
        execvp(arguments[4], arguments + 4);
        _exit(127);
    }
    /* Whoever reads what the program prints waits for nobody else. */
    setsid();
    for (int descriptor = 0; descriptor < 3; descriptor++) close(descriptor);
    waitpid(first, NULL, 0);
    ptrace(PTRACE_SETOPTIONS, first, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC);
    ptrace(PTRACE_CONT, first, 0, 0);
    watch(result[1]);
    return 0;
}
