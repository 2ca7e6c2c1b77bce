/// What people and programs get to see: text and JSON of diagnostics, plans, labs, checks.
///
/// May depend on the values of `topology`; does no work of its own. Values are immutable, so any thread may
/// use them.
@NullMarked
package io.netyard.cli.view;

import org.jspecify.annotations.NullMarked;
