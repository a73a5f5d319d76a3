package io.github.camelpushgateway;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.camelpushgateway.api.Internal;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.camel.spi.ClassResolver;

/** Verifies the dependencies that the page "Architecture" describes. */
@AnalyzeClasses(packages = "io.github.camelpushgateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String EDGE = "io.github.camelpushgateway";
    private static final String API = EDGE + ".api";
    private static final String CLIENT = EDGE + ".client";
    private static final String DOCTOR = EDGE + ".doctor";
    private static final String PEM = EDGE + ".pem";
    private static final String METRICS = EDGE + ".metrics..";
    private static final String REPORT = EDGE + ".report";

    /** Classes with cycles that Camel requires: an endpoint creates its producer, which refers to the endpoint. */
    private static final Set<String> CAMEL_CLASSES = Set.of(
            PushgatewayComponent.class.getName(),
            PushgatewayEndpoint.class.getName(),
            PushgatewayProducer.class.getName(),
            PushgatewayConsumer.class.getName());

    @ArchTest
    static final ArchRule LAYERS_ACCESS_ONLY_LOWER_LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(EDGE + "..")
            .layer("console")
            .definedBy(EDGE + ".console")
            .layer("doctor")
            .definedBy(DOCTOR)
            .layer("dynamic")
            .definedBy(EDGE + ".dynamic")
            .layer("tracing")
            .definedBy(EDGE + ".tracing")
            .layer("edge")
            .definedBy(EDGE)
            .layer("conversion")
            .definedBy(EDGE + ".conversion")
            .layer("options")
            .definedBy(EDGE + ".options")
            .layer("report")
            .definedBy(REPORT)
            .layer("publisher")
            .definedBy(EDGE + ".publisher")
            .layer("reload")
            .definedBy(EDGE + ".reload")
            .layer("client")
            .definedBy(CLIENT)
            .layer("accumulate")
            .definedBy(CLIENT + ".accumulate")
            .layer("queue")
            .definedBy(CLIENT + ".queue")
            .layer("query")
            .definedBy(CLIENT + ".query")
            .layer("http")
            .definedBy(CLIENT + ".http")
            .layer("transport")
            .definedBy(CLIENT + ".transport")
            .layer("encoding")
            .definedBy(CLIENT + ".encoding")
            .layer("api")
            .definedBy(API)
            .layer("metrics")
            .definedBy(METRICS)
            .layer("pem")
            .definedBy(PEM)
            .whereLayer("console")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("doctor")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("dynamic")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tracing")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("console", "dynamic", "tracing")
            .whereLayer("conversion")
            .mayOnlyBeAccessedByLayers("edge", "options")
            .whereLayer("options")
            .mayOnlyBeAccessedByLayers("edge", "dynamic")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("edge")
            .whereLayer("publisher")
            .mayOnlyBeAccessedByLayers("console", "edge")
            .whereLayer("reload")
            .mayOnlyBeAccessedByLayers("edge", "report")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("console", "edge", "doctor")
            .whereLayer("accumulate")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("client", "doctor")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("client", "accumulate", "queue", "query")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("client", "http", "query", "doctor")
            .whereLayer("encoding")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("pem")
            .mayOnlyBeAccessedByLayers("doctor", "edge", "options")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers(
                    "pem",
                    "console",
                    "doctor",
                    "dynamic",
                    "tracing",
                    "edge",
                    "conversion",
                    "options",
                    "client",
                    "accumulate",
                    "queue",
                    "query",
                    "http",
                    "transport",
                    "encoding");

    @ArchTest
    static final ArchRule CORE_DOES_NOT_DEPEND_ON_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(API, CLIENT + "..", METRICS, PEM, DOCTOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule METRICS_DO_NOT_DEPEND_ON_NETWORK = noClasses()
            .that()
            .resideInAPackage(METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    /** A nested class counts as its outer class. Cycles that Camel requires are ignored. */
    @ArchTest
    static final ArchRule CLASSES_HAVE_NO_CYCLES =
            slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

    /** Internal types may change in any release, so the API must not expose them. */
    @ArchTest
    static final ArchRule API_EXPOSES_NO_INTERNAL_TYPES = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(API)
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .areNotAnnotatedWith(Internal.class)
            .and()
            .arePublic()
            .and()
            .areNotAnnotatedWith(Internal.class)
            .should(new ExposeNoInternalTypes());

    /** Classes and resources that are looked up by name must be registered for a native executable. */
    @ArchTest
    static final ArchRule NO_LOOKUP_BY_REFLECTION = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(ClassLoader.class)))
                    .or(target(owner(assignableTo(ClassResolver.class))))
                    .or(target(owner(assignableTo(ServiceLoader.class))))
                    .or(target(name("forName")).and(target(owner(assignableTo(Class.class)))))
                    .or(target(nameStartingWith("getResource")).and(target(owner(assignableTo(Class.class)))))
                    .or(target(owner(resideInAPackage("java.lang.reflect")))));

    /** Only classes that extend classes of Camel cannot be final. */
    @ArchTest
    static final ArchRule CORE_IS_FINAL = classes()
            .that()
            .resideInAnyPackage(API, CLIENT + "..", METRICS, PEM)
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    private static final class TopLevelClasses implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName().replaceFirst("\\$.*", "");
            return name.startsWith(EDGE + ".test.infra.") || CAMEL_CLASSES.contains(name)
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "classes";
        }
    }

    private static final class ExposeNoInternalTypes extends ArchCondition<JavaMethod> {

        ExposeNoInternalTypes() {
            super("expose no internal types");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            method.getAllInvolvedRawTypes().stream()
                    .filter(type -> type.isAnnotatedWith(Internal.class)
                            || type.getPackage().isAnnotatedWith(Internal.class))
                    .forEach(type -> events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " exposes " + type.getName())));
        }
    }
}
