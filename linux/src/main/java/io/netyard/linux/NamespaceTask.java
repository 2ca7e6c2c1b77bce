package io.netyard.linux;

/// System calls to make inside a namespace. It must start no thread and hand nothing to another thread,
/// since those would stay in the namespace.
///
/// @param <T> what it gives back
@FunctionalInterface
public interface NamespaceTask<T> {
    /// Runs on the namespace thread, inside the namespace.
    T run();
}
