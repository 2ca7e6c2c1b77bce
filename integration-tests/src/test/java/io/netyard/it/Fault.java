package io.netyard.it;

import java.util.List;

/// A fault of the catalogue.
///
/// @param number what tests bear as their tag
/// @param group the heading that it stands under
/// @param what what goes wrong
/// @param behaviour what has to happen then
record Fault(String number, String group, String what, String behaviour) {
    private static final List<Fault> ALL = List.of(
            new Fault(
                    "F01",
                    "Crashes and runs at once",
                    "killed at any step of apply",
                    "the next apply converges; destroy leaves nothing; what is not ours stays as it was"),
            new Fault(
                    "F02",
                    "Crashes and runs at once",
                    "killed at any step of destroy",
                    "destroy completes; a lab half gone can be applied again"),
            new Fault(
                    "F03",
                    "Crashes and runs at once",
                    "killed while taking back, or while recovering",
                    "recovery comes to the same end however often it starts"),
            new Fault(
                    "F04", "Crashes and runs at once", "a second run on the lab", "it is refused, and changes nothing"),
            new Fault(
                    "F05",
                    "Crashes and runs at once",
                    "runs on different labs at once",
                    "each succeeds; none sees the others"),
            new Fault(
                    "F06",
                    "Crashes and runs at once",
                    "the holder of a lock died",
                    "the lock is free; what its file says plays no part"),
            new Fault(
                    "F07",
                    "Crashes and runs at once",
                    "interrupted, or the terminal is gone",
                    "what was begun is taken back; the exit code says so"),
            new Fault(
                    "F08",
                    "Crashes and runs at once",
                    "a reboot between two steps",
                    "what the record names and the kernel lacks is made again"),
            new Fault(
                    "F09",
                    "The kernel says no",
                    "a kind of interface is missing",
                    "said before anything is done, with the name of the kernel's option"),
            new Fault(
                    "F10",
                    "The kernel says no",
                    "a name is taken",
                    "refused; what has it is neither taken over nor removed"),
            new Fault(
                    "F11",
                    "The kernel says no",
                    "a request fails for lack of memory, or is interrupted",
                    "tried again where that helps, else all is taken back"),
            new Fault(
                    "F12",
                    "The kernel says no",
                    "the answer to a request is lost",
                    "what the kernel did is read back, never guessed"),
            new Fault(
                    "F13",
                    "The kernel says no",
                    "an interface is busy with another role",
                    "refused or taken back, with the names of both"),
            new Fault(
                    "F14",
                    "The kernel says no",
                    "a change fails when half of it is done",
                    "what was changed is read again and restored"),
            new Fault(
                    "F15",
                    "The kernel says no",
                    "a listing changes while it is read",
                    "it is read again; an inconsistent one is never used"),
            new Fault(
                    "F16",
                    "The kernel says no",
                    "events come faster than they are taken",
                    "the loss is told, and everything is read anew"),
            new Fault(
                    "F17",
                    "The kernel says no",
                    "datagrams that are cut, split, or not for us",
                    "never read as something else"),
            new Fault(
                    "F18", "The kernel says no", "no answer at all", "a deadline ends the wait, and names the request"),
            new Fault(
                    "F19",
                    "The kernel says no",
                    "an answer that another process made up",
                    "dropped: only the kernel is believed"),
            new Fault(
                    "F20",
                    "The kernel says no",
                    "limits of descriptors or namespaces",
                    "a failure with a reason; all is taken back"),
            new Fault(
                    "F21",
                    "The record on disk",
                    "a full disk",
                    "no apply starts that could not be recorded; destroy works"),
            new Fault(
                    "F22",
                    "The record on disk",
                    "a damaged record",
                    "found out; the generation before stands in, or nothing does"),
            new Fault(
                    "F23",
                    "The record on disk",
                    "a link, a FIFO or a device in place of a file",
                    "not followed, not waited for"),
            new Fault(
                    "F24",
                    "The record on disk",
                    "a name in `/run/netns` that is no namespace, or not ours",
                    "refused, and left alone"),
            new Fault(
                    "F25",
                    "The record on disk",
                    "the clock is set",
                    "nothing waits longer or shorter: no time of day is used to measure"),
            new Fault(
                    "F26",
                    "The record on disk",
                    "a record that another version wrote",
                    "refused, with the advice to use that version"),
            new Fault(
                    "F27",
                    "The world changes underneath",
                    "a namespace is deleted",
                    "plan says so, apply makes it again, destroy succeeds"),
            new Fault(
                    "F28",
                    "The world changes underneath",
                    "an interface is deleted, renamed, moved or changed",
                    "plan says what differs, apply repairs it"),
            new Fault(
                    "F29",
                    "The world changes underneath",
                    "something that looks like ours takes its place",
                    "it is not ours: refused and left alone"),
            new Fault(
                    "F30",
                    "The world changes underneath",
                    "apply at once after destroy",
                    "nothing of the old lab is in the way of the new one"),
            new Fault(
                    "F31",
                    "The world changes underneath",
                    "a destroy that cannot remove everything at once",
                    "what can be removed is; what stays is named"),
            new Fault("F32", "Input", "files made to exhaust the reader", "refused in bounded time and memory"),
            new Fault(
                    "F33",
                    "Input",
                    "keys twice, unknown keys, second documents, aliases, tags",
                    "errors with line and column, all at once"),
            new Fault("F34", "Input", "words that YAML takes for something else", "read as they stand"),
            new Fault("F35", "Input", "names that are paths, commands or patterns", "refused"),
            new Fault(
                    "F36",
                    "Input",
                    "addresses and sizes that contradict each other",
                    "errors or warnings before anything is done"),
            new Fault("F37", "Frames", "loops and storms", "limited; cables that form a loop carry nothing endless"),
            new Fault(
                    "F38",
                    "Frames",
                    "more stations than the table holds",
                    "whoever fills it loses his own entries first"),
            new Fault("F39", "Frames", "frames that are cut short or lie", "dropped and counted"),
            new Fault(
                    "F40",
                    "Frames",
                    "a station that seems to move, or is claimed by another port",
                    "learned anew, unless it was told to stay"),
            new Fault("F41", "Frames", "a device goes away under its port", "the port ends; the others go on"),
            new Fault(
                    "F42",
                    "Frames",
                    "tunnels within tunnels",
                    "room is left for each header; a frame too long is dropped and counted"),
            new Fault("F43", "Frames", "a peer that is none", "dropped and counted unless learning was asked for"),
            new Fault("F44", "Frames", "tunnel headers that lie", "dropped and counted"),
            new Fault("F45", "Programs that talk to Netyard", "a web page that calls a local service", "refused"),
            new Fault(
                    "F46",
                    "Programs that talk to Netyard",
                    "clients that are slow, greedy or many",
                    "cut off; others are served"),
            new Fault(
                    "F47",
                    "Programs that talk to Netyard",
                    "a cluster that is split",
                    "forwarding goes on; no old plan is applied"),
            new Fault("F48", "Programs that talk to Netyard", "a member of another version or lineage", "refused"),
            new Fault("F49", "Processes", "descriptors of the caller, or of Netyard", "a command in a node has three"),
            new Fault("F50", "Processes", "a node whose files deceive", "its files are never followed out of it"),
            new Fault(
                    "F51",
                    "Processes",
                    "an environment that loads other code",
                    "nothing is loaded; files are their owner's alone"),
            new Fault(
                    "F52",
                    "Processes",
                    "the daemon is replaced under traffic",
                    "what the kernel forwards loses nothing; the rest is back soon"));

    /// All numbers, in order.
    static List<String> numbers() {
        return ALL.stream().map(Fault::number).toList();
    }

    static List<String> groups() {
        return ALL.stream().map(Fault::group).distinct().toList();
    }

    static List<Fault> in(String group) {
        return ALL.stream().filter(fault -> fault.group().equals(group)).toList();
    }
}
