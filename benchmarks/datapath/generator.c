// generator IF SECONDS FRAME [RATE]: sends a frame (hexadecimal, without FCS) again and again, as fast as it can, or
// RATE times a second.
//
// AF_PACKET with PACKET_QDISC_BYPASS, 64 frames per sendmmsg; 16 with a rate, and it sleeps between. Prints how many it
// sent and how long that took; what arrived is counted at the receiver.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define BURST 64
#define RATED_BURST 16
#define LONGEST 2048

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void sleep_until(double when) {
  struct timespec t = {(time_t)when, (long)((when - (time_t)when) * 1e9)};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static size_t parse(const char *hex, unsigned char *to) {
  size_t length = 0;
  while (length < LONGEST && sscanf(hex + 2 * length, "%2hhx", to + length) == 1) length++;
  return length;
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: generator IF SECONDS FRAME [RATE]\n");
    return 64;
  }
  double seconds = atof(argv[2]), rate = argc > 4 ? atof(argv[4]) : 0;
  int burst = rate > 0 ? RATED_BURST : BURST;
  int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
  struct sockaddr_ll where = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(argv[1])};
  if (fd < 0 || bind(fd, (struct sockaddr *)&where, sizeof where) != 0) {
    perror(argv[1]);
    return 1;
  }
  setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one);

  static unsigned char frame[LONGEST];
  static struct mmsghdr messages[BURST];
  struct iovec piece = {frame, parse(argv[3], frame)};
  for (int i = 0; i < BURST; i++) {
    messages[i].msg_hdr.msg_iov = &piece;
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  unsigned long sent = 0;
  double start = now(), end = start + seconds;
  while (now() < end) {
    int done = sendmmsg(fd, messages, burst, 0);
    if (done > 0) sent += done;
    if (rate > 0) sleep_until(start + sent / rate);
  }
  printf("%lu %.6f\n", sent, now() - start);
  return 0;
}
