package io.netyard.netlink.route;

/// What an event of the route family is about.
public sealed interface RouteObject permits Address, BridgeMember, Link, Neighbor, Route {}
