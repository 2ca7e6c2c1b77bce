/*
 * timed RESULT COMMAND...: runs a command and writes one line of JSON to the file RESULT: what it took, and the
 * resident memory of its largest process. A program of its own because a process counts the memory of the one
 * that it was forked from, and that of this one is small.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timespec time) {
    return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu(const struct rusage *usage) {
    return usage->ru_utime.tv_sec + usage->ru_stime.tv_sec + (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

int main(int count, char **words) {
    struct timespec start, end;
    struct rusage usage;
    int status;
    if (count < 3) {
        fprintf(stderr, "usage: timed RESULT COMMAND...\n");
        return 64;
    }
    FILE *result = fopen(words[1], "we");
    if (!result) {
        fprintf(stderr, "%s: %s\n", words[1], strerror(errno));
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = vfork();
    if (child == 0) {
        execvp(words[2], words + 2);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        fprintf(stderr, "%s: %s\n", words[2], strerror(errno));
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(result, "{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"resident_kib\": %ld, \"code\": %d}\n",
            seconds(end) - seconds(start), cpu(&usage), usage.ru_maxrss, code);
    fclose(result);
    return code;
}
