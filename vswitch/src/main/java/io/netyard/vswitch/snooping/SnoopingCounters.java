package io.netyard.vswitch.snooping;

/// What was heard.
final class SnoopingCounters {
    long queries;
    long reports;
    long leaves;
    long damaged;
}
