/// Netlink messages as bytes: headers, attributes and their codecs, extended acknowledgements. Pure, no
/// I/O.
///
/// Every attribute is declared once, with its number, its name and a codec that fixes the byte order; that
/// declaration encodes, decodes, names the attribute that the kernel complains about, and prints it. May
/// depend on `net`. Declarations are immutable once their class is initialised; a writer belongs to one
/// thread.
@NullMarked
package io.netyard.netlink.message;

import org.jspecify.annotations.NullMarked;
