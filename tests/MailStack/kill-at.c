/* kill-at N DIR EXCEPT COMMAND...: runs a program and kills it with SIGKILL just before the Nth system call of it, or of a
 * program it has started to work on files, that changes something below DIR: a file's contents, its name, mode or owner,
 * a link, a directory; what is below EXCEPT does not count, or "-". With N = 0 it runs to its end. Prints how many such calls were begun, one line a call, on fd 3.
 * Daemons that it starts are let go. x86-64 and arm64 Linux, ptrace(2). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* Programs that work on files for it; others that it starts, daemons among them, are none of ours. */
static int is_followed(pid_t process)
{
    static const char *const names[] = { "cp", "chown", "sievec" };
    char link[64], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/%d/exe", process);
    if (readlink(link, path, sizeof path - 1) < 0) return 0;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) if (strcmp(name, names[i]) == 0) return 1;
    return 0;
}

int main(int count, char **arguments)
{
    if (count < 5) { fprintf(stderr, "usage: kill-at N DIR EXCEPT COMMAND...\n"); return 2; }
    wanted = atol(arguments[1]);
    directory = arguments[2];
    except = arguments[3];
    if ((first = fork()) == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        close(3);
        raise(SIGSTOP);
        execvp(arguments[4], arguments + 4);
        _exit(127);
    }
    int status, is_started = 0, result = 1;
    waitpid(first, &status, 0);
    ptrace(PTRACE_SETOPTIONS, first, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC);
    ptrace(PTRACE_SYSCALL, first, 0, 0);
    for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread == first) { result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); break; }
            continue;
        }
        int signal = WSTOPSIG(status), event = status >> 16;
        if (signal == (SIGTRAP | 0x80)) {
            struct ptrace_syscall_info_entry { unsigned char op; } info;
            char path[PATH_MAX];
            struct call call;
            const char *what = NULL;
            if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0 && info.op == 1 && registers(thread, &call) == 0) what = change(thread, &call, path);
            if (what) {
                dprintf(3, "%s %s\n", what, path);
                if (++seen == wanted) {
                    kill(first, SIGKILL);
                    kill(thread, SIGKILL);
                    result = 137;
                    break;
                }
            }
            ptrace(PTRACE_SYSCALL, thread, 0, 0);
        } else if (event == PTRACE_EVENT_EXEC) {
            if (!is_started) is_started = 1;
            else if (!is_followed(thread)) { ptrace(PTRACE_DETACH, thread, 0, 0); continue; }
            ptrace(PTRACE_SYSCALL, thread, 0, 0);
        } else if (event || signal == SIGSTOP) {
            /* The first stop of a new thread or process is a SIGSTOP of the kernel's. */
            ptrace(PTRACE_SYSCALL, thread, 0, 0);
        } else ptrace(PTRACE_SYSCALL, thread, 0, signal);
    }
    return result;
}
