// generator IF SECONDS SIZE DST SRC [FLOWS]: sends frames of SIZE bytes (without FCS) as fast as it can.
//
// AF_PACKET with PACKET_QDISC_BYPASS, 64 frames per sendmmsg. FLOWS source addresses are used in turn: the
// last two bytes of SRC count up. Prints what it sent; what arrived is counted at the receiver.
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

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void address(const char *text, unsigned char *to) {
  sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", to, to + 1, to + 2, to + 3, to + 4, to + 5);
}

int main(int argc, char **argv) {
  if (argc < 6) {
    fprintf(stderr, "usage: generator IF SECONDS SIZE DST SRC [FLOWS]\n");
    return 64;
  }
  double seconds = atof(argv[2]);
  int size = atoi(argv[3]), flows = argc > 6 ? atoi(argv[6]) : 1;
  int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
  struct sockaddr_ll where = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(argv[1])};
  if (fd < 0 || bind(fd, (struct sockaddr *)&where, sizeof where) != 0) {
    perror(argv[1]);
    return 1;
  }
  setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one);

  static unsigned char frames[BURST][2048];
  static struct mmsghdr messages[BURST];
  static struct iovec pieces[BURST];
  unsigned char source[6];
  address(argv[5], source);
  for (int i = 0; i < BURST; i++) {
    address(argv[4], frames[i]);
    memcpy(frames[i] + 6, source, 6);
    frames[i][12] = 0x88;
    frames[i][13] = 0xb5;  // IEEE 802 local experimental
    pieces[i] = (struct iovec){frames[i], size};
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  unsigned long sent = 0;
  unsigned flow = 0;
  double start = now(), end = start + seconds;
  while (now() < end) {
    for (int i = 0; flows > 1 && i < BURST; i++, flow = (flow + 1) % flows) {
      frames[i][10] = source[4] + (flow >> 8);
      frames[i][11] = source[5] + (flow & 255);
    }
    int done = sendmmsg(fd, messages, BURST, 0);
    if (done > 0) sent += done;
  }
  printf("%lu %.3f\n", sent, now() - start);
  return 0;
}
