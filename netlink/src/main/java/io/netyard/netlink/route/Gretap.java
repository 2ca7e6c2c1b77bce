package io.netyard.netlink.route;

import io.netyard.net.IpAddress;
import io.netyard.netlink.message.Attribute;
import io.netyard.netlink.message.AttributeSet;
import io.netyard.netlink.message.Attributes;
import io.netyard.netlink.message.Codec;
import java.util.Optional;

/// A tunnel of GRE for frames over IPv4, RFC 2784 and RFC 2890 (`ip link add type gretap`,
/// CONFIG_NET_IPGRE). With a key it speaks NVGRE, RFC 7637.
///
/// @param data its attributes
public record Gretap(Attributes data) implements LinkKind {
    static final AttributeSet SET = new AttributeSet("gre");

    /// `IFLA_GRE_LINK`: the ifindex of the underlay device.
    public static final Attribute<Integer> LINK = SET.settable(1, "link", Codec.S32);

    /// `IFLA_GRE_IFLAGS`: which optional fields packets that come in have: [#KEY] and others.
    public static final Attribute<Integer> IFLAGS = SET.settable(2, "iflags", Codec.BE16);

    /// `IFLA_GRE_OFLAGS`: which optional fields packets that go out have.
    public static final Attribute<Integer> OFLAGS = SET.settable(3, "oflags", Codec.BE16);

    /// `IFLA_GRE_IKEY`: the key of packets that come in.
    public static final Attribute<Long> IKEY = SET.settable(4, "ikey", Codec.BE32);

    /// `IFLA_GRE_OKEY`: the key of packets that go out.
    public static final Attribute<Long> OKEY = SET.settable(5, "okey", Codec.BE32);

    /// `IFLA_GRE_LOCAL`: the source address of outer packets, of the family of the tunnel.
    public static final Attribute<IpAddress> LOCAL = SET.settable(6, "local", Codec.IP);

    /// `IFLA_GRE_REMOTE`: the other end, or a multicast group.
    public static final Attribute<IpAddress> REMOTE = SET.settable(7, "remote", Codec.IP);

    /// `IFLA_GRE_TTL`: the TTL of outer packets; 0 copies the inner one.
    public static final Attribute<Integer> TTL = SET.settable(8, "ttl", Codec.U8);

    /// `IFLA_GRE_TOS`: the TOS of outer packets; 1 copies the inner one.
    public static final Attribute<Integer> TOS = SET.settable(9, "tos", Codec.U8);

    /// `IFLA_GRE_PMTUDISC`: whether outer IPv4 packets bear the don't-fragment bit.
    public static final Attribute<Boolean> PMTUDISC = SET.settable(10, "pmtudisc", Codec.BOOL8);

    /// `IFLA_GRE_ENCAP_LIMIT`: how often packets may be wrapped again (RFC 2473), IPv6.
    public static final Attribute<Integer> ENCAP_LIMIT = SET.settable(11, "encap-limit", Codec.U8);

    /// `IFLA_GRE_FLOWINFO`: traffic class and flow label of outer packets, IPv6.
    public static final Attribute<Long> FLOWINFO = SET.settable(12, "flowinfo", Codec.BE32);

    /// `IFLA_GRE_FLAGS`: a sum of `IP6_TNL_F_…`, IPv6, without `IP6_TNL_F_CAP_XMIT`, `…_RCV` and
    /// `…_PER_PACKET`: by these the kernel tells what its addresses let it do.
    public static final Attribute<Long> FLAGS = SET.settable(13, "flags", Codec.flags(0xffff));

    /// `IFLA_GRE_ENCAP_TYPE`: what GRE itself travels in: 0 nothing, 1 FOU, 2 GUE.
    public static final Attribute<Integer> ENCAP_TYPE = SET.settable(14, "encap-type", Codec.U16);

    /// `IFLA_GRE_ENCAP_FLAGS`: a sum of `TUNNEL_ENCAP_FLAG_…`.
    public static final Attribute<Integer> ENCAP_FLAGS = SET.settable(15, "encap-flags", Codec.U16);

    /// `IFLA_GRE_ENCAP_SPORT`: the UDP source port of that.
    public static final Attribute<Integer> ENCAP_SPORT = SET.settable(16, "encap-sport", Codec.BE16);

    /// `IFLA_GRE_ENCAP_DPORT`: the UDP destination port of that.
    public static final Attribute<Integer> ENCAP_DPORT = SET.settable(17, "encap-dport", Codec.BE16);

    /// `IFLA_GRE_COLLECT_METADATA`: whether a flow program sets the tunnel of each packet; present or
    /// absent.
    public static final Attribute<Boolean> COLLECT_METADATA = SET.settable(18, "collect-metadata", Codec.FLAG);

    /// `IFLA_GRE_IGNORE_DF`: whether the don't-fragment bit of inner packets is ignored.
    public static final Attribute<Boolean> IGNORE_DF = SET.settable(19, "ignore-df", Codec.BOOL8);

    /// `IFLA_GRE_FWMARK`: the mark that outer packets are routed with.
    public static final Attribute<Long> FWMARK = SET.settable(20, "fwmark", Codec.U32);

    /// `IFLA_GRE_ERSPAN_INDEX`: the index of ERSPAN, which is a kind of its own.
    public static final Attribute<Long> ERSPAN_INDEX = SET.settable(21, "erspan-index", Codec.U32);

    /// `IFLA_GRE_ERSPAN_VER`: its version.
    public static final Attribute<Integer> ERSPAN_VER = SET.settable(22, "erspan-ver", Codec.U8);

    /// `IFLA_GRE_ERSPAN_DIR`: its direction.
    public static final Attribute<Integer> ERSPAN_DIR = SET.settable(23, "erspan-dir", Codec.U8);

    /// `IFLA_GRE_ERSPAN_HWID`: its hardware id.
    public static final Attribute<Integer> ERSPAN_HWID = SET.settable(24, "erspan-hwid", Codec.U16);

    /// `GRE_KEY` of [#IFLAGS] and [#OFLAGS]: the field with the key (RFC 2890 section 2).
    public static final int KEY = 0x2000;

    /// `IP6_TNL_F_IGN_ENCAP_LIMIT` of [#FLAGS]: without the option that limits how often packets are
    /// wrapped, which is sent otherwise.
    public static final long NO_ENCAP_LIMIT = 1;

    @Override
    public Optional<Attribute<Integer>> lowerDevice() {
        return Optional.of(LINK);
    }

    @Override
    public String kind() {
        return "gretap";
    }

    @Override
    public Gretap withData(Attributes changed) {
        return new Gretap(changed);
    }

    @Override
    public AttributeSet attributeSet() {
        return SET;
    }
}
