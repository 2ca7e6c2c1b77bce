import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Brings the class files of a jar to a format that the JVM can keep in its ahead-of-time cache.
///
/// Class files older than version 50 (Java 6) have no stack maps; the JVM verifies them in a way whose
/// outcome it does not keep, so that they are read and verified anew at each start. picocli, built for Java
/// 5, costs half of the time of a short command so. Here the code of each such class is written again as it
/// is, with stack maps.
///
/// Run as `java RenewClassFiles.java JAR`; the jar is replaced. A jar without old class files is left
/// alone.
final class RenewClassFiles {
    private static final int FIRST_WITH_STACK_MAPS = 50;
    private static final String NOTICE = "META-INF/RENEWED.txt";

    private final JarFile jar;
    private final ClassFile classFile;

    private RenewClassFiles(JarFile jar) {
        this.jar = jar;
        // Stack maps name common superclasses, so the classes of the jar have to be found.
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(this::open)
                .orElse(ClassHierarchyResolver.defaultResolver());
        this.classFile = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ConstantPoolSharingOption.NEW_POOL,
                ClassHierarchyResolverOption.of(hierarchy));
    }

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        Path renewed = path.resolveSibling(path.getFileName() + ".renewed");
        boolean changed;
        try (JarFile jar = new JarFile(path.toFile())) {
            changed = jar.getEntry(NOTICE) == null && new RenewClassFiles(jar).writeTo(renewed);
        }
        if (changed) {
            Files.move(renewed, path, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(renewed);
        }
    }

    private boolean writeTo(Path path) throws IOException {
        int count = 0;
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(path))) {
            for (JarEntry entry : jar.stream().toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    ClassModel model = classFile.parse(bytes);
                    if (model.majorVersion() < FIRST_WITH_STACK_MAPS) {
                        bytes = renew(model);
                        count++;
                    }
                }
                put(out, entry.getName(), entry.getTime(), bytes);
            }
            String notice = "Netyard's build converted the format of " + count + " class files; their code is as it was.\n";
            put(out, NOTICE, 0, notice.getBytes(StandardCharsets.UTF_8));
        }
        return count > 0;
    }

    private byte[] renew(ClassModel model) {
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_17_VERSION, 0))));
    }

    private static void put(JarOutputStream out, String name, long time, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private InputStream open(ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
