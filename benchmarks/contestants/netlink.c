/*
 * netlink [--plain] apply|destroy LAB: what a careful C programmer would write to make one lab fast.
 *
 * Everything is made in its final place and sent in batches: namespaces first, each with a socket of its own;
 * then, per switch, one batch with its bridge and its veth pairs, ports up and in the bridge, the other end put
 * straight into its namespace; then one batch per namespace for the rest. Interface indexes are chosen, so that
 * no request waits for an answer. Ports of switches do not speak IPv6. Destroy drops the namespaces' names and
 * leaves the rest to the kernel.
 *
 * --plain lets the ports speak IPv6: what each of them says as it comes up goes to all others.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <search.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define RUN_NETNS "/run/netns"
#define MOST 8192
#define BATCH 65536
#define LONGEST_REQUEST 512
#define LOOPBACK 1
#define BRIDGE 2 /* the first interface after lo; ports and ends of hosts follow */
#define LAB_GROUP 0x6c6162
#define RECEIVE_BUFFER (8 << 20)

struct node {
    char name[64];
    bool is_switch;
    struct in_addr address;
    int prefix_length;
    int namespace, socket, last_index;
};

struct link {
    struct node *a, *b; /* a is a switch; links stand in the order of their a */
    char a_port[IFNAMSIZ], b_port[IFNAMSIZ];
    int b_index;
};

struct batch {
    int socket;
    struct nlmsghdr *last;
    size_t length;
    char bytes[BATCH];
};

static struct node nodes[MOST];
static struct link links[MOST];
static int node_count, link_count;
static char lab[32];
static bool plain;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
    int error = errno;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, ": %s\n", strerror(error));
    exit(1);
}

/* ---- the lab's file ---- */

static struct node *find(const char *name) {
    ENTRY *found = hsearch((ENTRY){.key = (char *)name}, FIND);
    if (!found) {
        errno = ENOENT;
        fail("node %s", name);
    }
    return found->data;
}

static void read_node(const char *line) {
    struct node *node = &nodes[node_count++];
    char kind[16], address[32] = "";
    if (sscanf(line, "node %63s %15s %31s", node->name, kind, address) < 2) {
        fail("line '%s'", line);
    }
    node->is_switch = strcmp(kind, "switch") == 0;
    node->last_index = node->is_switch ? BRIDGE : LOOPBACK;
    char *slash = strchr(address, '/');
    if (slash) {
        *slash = 0;
        node->prefix_length = atoi(slash + 1);
        inet_pton(AF_INET, address, &node->address);
    }
    hsearch((ENTRY){.key = node->name, .data = node}, ENTER);
}

static void read_link(const char *line) {
    struct link *link = &links[link_count++];
    char a[64], b[64];
    if (sscanf(line, "link %63s %15s %63s %15s", a, link->a_port, b, link->b_port) != 4) {
        fail("line '%s'", line);
    }
    link->a = find(a);
    link->b = find(b);
}

static void read_lab(const char *path) {
    char line[256];
    FILE *file = fopen(path, "r");
    if (!file) {
        fail("%s", path);
    }
    hcreate(2 * MOST);
    while (fgets(line, sizeof line, file)) {
        if (node_count == MOST || link_count == MOST) {
            errno = E2BIG;
            fail("%s", path);
        }
        if (strncmp(line, "node ", 5) == 0) {
            read_node(line);
        } else if (strncmp(line, "link ", 5) == 0) {
            read_link(line);
        } else {
            sscanf(line, "lab %31s", lab);
        }
    }
    fclose(file);
}

/* ---- messages ---- */

/* The kernel answers what it refuses, and the last request in any case. */
static bool is_last_answer(const struct nlmsghdr *answer) {
    const struct nlmsgerr *error = NLMSG_DATA(answer);
    if (answer->nlmsg_type != NLMSG_ERROR) {
        return false;
    }
    if (error->error) {
        errno = -error->error;
        fail("request of type %d", error->msg.nlmsg_type);
    }
    return true;
}

/* Sends what was collected and waits until the kernel has done it. */
static void flush(struct batch *batch) {
    char answers[BATCH];
    bool done = batch->length == 0;
    if (!done) {
        batch->last->nlmsg_flags |= NLM_F_ACK;
        if (send(batch->socket, batch->bytes, batch->length, 0) < 0) {
            fail("send");
        }
    }
    while (!done) {
        int length = recv(batch->socket, answers, sizeof answers, 0);
        if (length < 0) {
            fail("recv");
        }
        for (struct nlmsghdr *each = (void *)answers; NLMSG_OK(each, length); each = NLMSG_NEXT(each, length)) {
            done |= is_last_answer(each);
        }
    }
    batch->length = 0;
}

static struct nlmsghdr *start(struct batch *batch, int type, int flags, const void *header, size_t header_length) {
    if (batch->length + LONGEST_REQUEST > sizeof batch->bytes) {
        flush(batch);
    }
    struct nlmsghdr *message = (void *)(batch->bytes + batch->length);
    *message = (struct nlmsghdr){
        .nlmsg_len = NLMSG_LENGTH(header_length),
        .nlmsg_type = type,
        .nlmsg_flags = NLM_F_REQUEST | flags,
    };
    memcpy(NLMSG_DATA(message), header, header_length);
    return message;
}

static void end(struct batch *batch, struct nlmsghdr *message) {
    batch->length += NLMSG_ALIGN(message->nlmsg_len);
    batch->last = message;
}

static struct rtattr *add(struct nlmsghdr *message, int type, const void *data, size_t length) {
    struct rtattr *attribute = (void *)((char *)message + NLMSG_ALIGN(message->nlmsg_len));
    attribute->rta_type = type;
    attribute->rta_len = RTA_LENGTH(length);
    if (length) {
        memcpy(RTA_DATA(attribute), data, length);
    }
    message->nlmsg_len = NLMSG_ALIGN(message->nlmsg_len) + RTA_ALIGN(attribute->rta_len);
    return attribute;
}

static void add_u32(struct nlmsghdr *message, int type, uint32_t value) {
    add(message, type, &value, sizeof value);
}

static void close_nest(struct nlmsghdr *message, struct rtattr *nest) {
    nest->rta_len = (char *)message + message->nlmsg_len - (char *)nest;
}

/* What Netyard says of every interface: name, hardware address, size, group. */
static void add_identity(struct nlmsghdr *message, const char *name) {
    static uint32_t last_address;
    uint32_t number = htonl(++last_address);
    unsigned char address[6] = {0x02, 0x6c};
    memcpy(address + 2, &number, sizeof number);
    add(message, IFLA_IFNAME, name, strlen(name) + 1);
    add(message, IFLA_ADDRESS, address, sizeof address);
    add_u32(message, IFLA_MTU, 1500);
    add_u32(message, IFLA_GROUP, LAB_GROUP);
}

/* ---- requests ---- */

static void add_bridge(struct batch *batch) {
    struct ifinfomsg header = {.ifi_index = BRIDGE, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    struct nlmsghdr *message = start(batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &header, sizeof header);
    uint8_t no = 0;
    add_identity(message, "br0");
    struct rtattr *info = add(message, IFLA_LINKINFO, NULL, 0);
    add(message, IFLA_INFO_KIND, "bridge", sizeof "bridge");
    struct rtattr *data = add(message, IFLA_INFO_DATA, NULL, 0);
    add(message, IFLA_BR_MCAST_SNOOPING, &no, sizeof no);
    close_nest(message, data);
    close_nest(message, info);
    end(batch, message);
}

static void add_pair(struct batch *batch, struct link *link) {
    struct ifinfomsg header = {
        .ifi_index = ++link->a->last_index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    struct ifinfomsg peer_header = {.ifi_index = link->b_index = ++link->b->last_index};
    struct nlmsghdr *message = start(batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &header, sizeof header);
    add_identity(message, link->a_port);
    add_u32(message, IFLA_MASTER, BRIDGE);
    struct rtattr *info = add(message, IFLA_LINKINFO, NULL, 0);
    add(message, IFLA_INFO_KIND, "veth", sizeof "veth");
    struct rtattr *data = add(message, IFLA_INFO_DATA, NULL, 0);
    struct rtattr *peer = add(message, VETH_INFO_PEER, &peer_header, sizeof peer_header);
    add_identity(message, link->b_port);
    add_u32(message, IFLA_NET_NS_FD, link->b->namespace);
    close_nest(message, peer);
    close_nest(message, data);
    close_nest(message, info);
    end(batch, message);
}

static void set_up(struct batch *batch, int index, int master) {
    struct ifinfomsg header = {.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    struct nlmsghdr *message = start(batch, RTM_NEWLINK, 0, &header, sizeof header);
    if (master) {
        add_u32(message, IFLA_MASTER, master);
    }
    end(batch, message);
}

static void add_address(struct batch *batch, int index, const struct node *node) {
    struct ifaddrmsg header = {
        .ifa_family = AF_INET, .ifa_prefixlen = node->prefix_length, .ifa_index = index};
    struct nlmsghdr *message = start(batch, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &header, sizeof header);
    add(message, IFA_LOCAL, &node->address, sizeof node->address);
    add(message, IFA_ADDRESS, &node->address, sizeof node->address);
    end(batch, message);
}

/* ---- namespaces ---- */

static void path_of(const struct node *node, char path[static 128]) {
    snprintf(path, 128, RUN_NETNS "/%.31s.%.63s", lab, node->name);
}

/* A netlink socket stays with the namespace in which it was opened. */
static int open_socket(void) {
    int one = 1, size = RECEIVE_BUFFER;
    int opened = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (opened < 0) {
        fail("netlink socket");
    }
    setsockopt(opened, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    setsockopt(opened, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    return opened;
}

static void write_sysctl(const char *path, const char *value) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, value, strlen(value)) < 0) {
        fail("%s", path);
    }
    close(file);
}

static void make_namespace(struct node *node) {
    char path[128];
    path_of(node, path);
    int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (file < 0 || unshare(CLONE_NEWNET) || mount("/proc/self/ns/net", path, "none", MS_BIND, NULL)) {
        fail("%s", path);
    }
    close(file);
    node->namespace = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    node->socket = open_socket();
    if (node->is_switch && !plain) {
        write_sysctl("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
    }
}

static void allow_descriptors(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* ---- commands ---- */

static void apply(void) {
    static struct batch batch;
    allow_descriptors();
    mkdir(RUN_NETNS, 0755);
    for (struct node *node = nodes; node < nodes + node_count; node++) {
        make_namespace(node);
    }
    struct link *link = links;
    for (struct node *node = nodes; node < nodes + node_count; node++) {
        batch.socket = node->socket;
        if (node->is_switch) {
            add_bridge(&batch);
            set_up(&batch, LOOPBACK, 0);
        }
        for (; link < links + link_count && link->a == node; link++) {
            add_pair(&batch, link);
        }
        flush(&batch);
    }
    for (link = links; link < links + link_count; link++) {
        batch.socket = link->b->socket;
        if (!link->b->is_switch) {
            add_address(&batch, link->b_index, link->b);
            set_up(&batch, LOOPBACK, 0);
        }
        set_up(&batch, link->b_index, link->b->is_switch ? BRIDGE : 0);
        flush(&batch);
    }
}

static void destroy(void) {
    for (struct node *node = nodes; node < nodes + node_count; node++) {
        char path[128];
        path_of(node, path);
        if (umount2(path, MNT_DETACH) || unlink(path)) {
            fail("%s", path);
        }
    }
}

int main(int count, char **words) {
    if (count > 1 && strcmp(words[1], "--plain") == 0) {
        plain = true;
        count--;
        words++;
    }
    if (count != 3) {
        fprintf(stderr, "usage: netlink [--plain] apply|destroy LAB\n");
        return 64;
    }
    read_lab(words[2]);
    if (strcmp(words[1], "apply") == 0) {
        apply();
    } else {
        destroy();
    }
    return 0;
}
