// forwarder IF1 IF2 [v2]: passes all frames between two interfaces, without learning: the least that a
// user-space switch does. AF_PACKET rings (TPACKET_V3, or busy-polled TPACKET_V2), sendmmsg out of the ring,
// PACKET_VNET_HDR. Runs until it is killed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define BLOCK (256 << 10)
#define BLOCKS 64
#define SLOT ((64 << 10) + 2048)
#define SLOT_BLOCK (2 << 20)
#define SLOT_BLOCKS 8
#define VNET 10
#define BURST 64

struct port {
  int fd;
  unsigned char *ring;
  unsigned at;
};

static void option(int fd, int name, int value) {
  if (setsockopt(fd, SOL_PACKET, name, &value, sizeof value) != 0) {
    perror("setsockopt");
    exit(1);
  }
}

static struct port open_port(const char *name, int v2) {
  struct port port = {socket(AF_PACKET, SOCK_RAW, 0), NULL, 0};
  struct sockaddr_ll where = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name)};
  struct packet_mreq promiscuous = {where.sll_ifindex, PACKET_MR_PROMISC, 0, {0}};
  option(port.fd, PACKET_VERSION, v2 ? TPACKET_V2 : TPACKET_V3);
  option(port.fd, PACKET_IGNORE_OUTGOING, 1);
  option(port.fd, PACKET_VNET_HDR, 1);
  option(port.fd, PACKET_QDISC_BYPASS, 1);
  struct tpacket_req3 blocks = {BLOCK, BLOCKS, 2048, BLOCK / 2048 * BLOCKS, 1, 0, 0};
  struct tpacket_req slots = {SLOT_BLOCK, SLOT_BLOCKS, SLOT, SLOT_BLOCK / SLOT * SLOT_BLOCKS};
  if (setsockopt(port.fd, SOL_PACKET, PACKET_RX_RING, v2 ? (void *)&slots : (void *)&blocks,
                 v2 ? sizeof slots : sizeof blocks) != 0) {
    perror("ring");
    exit(1);
  }
  size_t size = v2 ? (size_t)SLOT_BLOCK * SLOT_BLOCKS : (size_t)BLOCK * BLOCKS;
  port.ring = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, port.fd, 0);
  if (port.ring == MAP_FAILED || bind(port.fd, (struct sockaddr *)&where, sizeof where) != 0) {
    perror(name);
    exit(1);
  }
  setsockopt(port.fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous);
  return port;
}

static struct mmsghdr messages[BURST];
static struct iovec pieces[BURST];

static void send_all(int fd, int count) {
  for (int at = 0; at < count;) {
    int done = sendmmsg(fd, messages + at, count - at, MSG_DONTWAIT);
    at += done > 0 ? done : 1;
  }
}

static int forward_block(struct port *in, struct port *out) {
  struct tpacket_block_desc *block = (void *)(in->ring + (size_t)in->at * BLOCK);
  if (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) return 0;
  struct tpacket3_hdr *frame = (void *)((char *)block + block->hdr.bh1.offset_to_first_pkt);
  int count = 0;
  for (unsigned i = 0; i < block->hdr.bh1.num_pkts; i++) {
    pieces[count] = (struct iovec){(char *)frame + frame->tp_mac - VNET, frame->tp_snaplen + VNET};
    if (++count == BURST) {
      send_all(out->fd, count);
      count = 0;
    }
    frame = (void *)((char *)frame + frame->tp_next_offset);
  }
  send_all(out->fd, count);
  __atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
  in->at = (in->at + 1) % BLOCKS;
  return 1;
}

static struct tpacket2_hdr *slot(struct port *port, unsigned at) {
  unsigned per_block = SLOT_BLOCK / SLOT;
  return (void *)(port->ring + (size_t)(at / per_block) * SLOT_BLOCK + (size_t)(at % per_block) * SLOT);
}

static int forward_slots(struct port *in, struct port *out) {
  unsigned slots = SLOT_BLOCK / SLOT * SLOT_BLOCKS, at = in->at;
  int count = 0;
  while (count < BURST) {
    struct tpacket2_hdr *frame = slot(in, at);
    if (!(__atomic_load_n(&frame->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) break;
    pieces[count++] = (struct iovec){(char *)frame + frame->tp_mac - VNET, frame->tp_snaplen + VNET};
    at = (at + 1) % slots;
  }
  send_all(out->fd, count);
  for (; in->at != at; in->at = (in->at + 1) % slots)
    __atomic_store_n(&slot(in, in->at)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
  return count;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: forwarder IF1 IF2 [v2]\n");
    return 64;
  }
  int v2 = argc > 3 && strcmp(argv[3], "v2") == 0;
  struct port ports[2] = {open_port(argv[1], v2), open_port(argv[2], v2)};
  for (int i = 0; i < BURST; i++) {
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  int (*forward)(struct port *, struct port *) = v2 ? forward_slots : forward_block;
  puts("ready");
  fflush(stdout);
  struct pollfd waiting[2] = {{ports[0].fd, POLLIN, 0}, {ports[1].fd, POLLIN, 0}};
  for (int idle = 0;;) {
    int done = forward(&ports[0], &ports[1]) + forward(&ports[1], &ports[0]);
    idle = done ? 0 : idle + 1;
    if (idle > 200) poll(waiting, 2, -1);
  }
}
