package io.github.camelpushgateway.reference;

import io.github.camelpushgateway.PushgatewayEndpoint;
import io.github.camelpushgateway.reference.Page.Section;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;

/** The page of attributes in JMX, from the annotations of the endpoint. */
final class StatisticsReference {

    private final Since since;

    StatisticsReference(Since since) {
        this.since = since;
    }

    Page page() {
        List<Method> methods = Stream.<Class<?>>iterate(
                        PushgatewayEndpoint.class,
                        type -> type.getPackageName().equals("io.github.camelpushgateway"),
                        Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isBridge())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        List<List<String>> rows = methods.stream()
                .filter(method -> method.isAnnotationPresent(ManagedAttribute.class))
                .map(this::row)
                .toList();
        boolean operations = methods.stream().anyMatch(method -> method.isAnnotationPresent(ManagedOperation.class));
        if (operations) {
            throw new IllegalStateException("the page does not describe operations yet");
        }
        return new Page(
                        "jmx",
                        "Attributes in JMX",
                        "Each endpoint is an MBean `org.apache.camel:context=<context>,type=endpoints,name=\"<URI>\"` with these attributes, if the"
                                + " application has `camel-management`. The attributes are read-only, and count from the creation of the endpoint. Deletes"
                                + " and reports count as pushes. Camel adds its own attributes, such as `EndpointUri` and `State`. The MBean"
                                + " has no operations.",
                        List.of(new Section("", "", List.of("name", "type", "since", "meaning"), "3,1,1,7", rows)),
                        "See also: xref:statistics.adoc[Statistics in JMX].")
                .withDependencies("`camel-management`");
    }

    private List<String> row(Method method) {
        String name = method.getName().replaceFirst("^(get|is)", "");
        return List.of(
                '`' + name + '`',
                '`' + method.getReturnType().getSimpleName() + '`',
                since.of("jmx", name),
                method.getAnnotation(ManagedAttribute.class).description() + '.');
    }
}
