package io.netyard.cli;

import picocli.CommandLine.IVersionProvider;

/// The version, from the manifest of the jar.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "netyard " + (version == null ? "(not packaged)" : version);
    }
}
