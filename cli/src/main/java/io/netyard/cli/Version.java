package io.netyard.cli;

import picocli.CommandLine.IVersionProvider;

/// The version, from the manifest of the jar.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"netyard " + (version == null ? "(not packaged)" : version)};
    }
}
