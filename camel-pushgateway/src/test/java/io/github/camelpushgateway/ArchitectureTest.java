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

/** The arrows of docs/architecture.adoc. */
@AnalyzeClasses(packages = "io.github.camelpushgateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String EDGE = "io.github.camelpushgateway";
    private static final String API = EDGE + ".api";
    private static final String CLIENT = EDGE + ".client";
    private static final String METRICS = EDGE + ".metrics..";
    private static final String REPORT = EDGE + ".report";

    /** An endpoint creates its producer, which knows its endpoint. */
    private static final Set<String> OF_CAMEL = Set.of(
            PushgatewayComponent.class.getName(),
            PushgatewayEndpoint.class.getName(),
            PushgatewayProducer.class.getName(),
            PushgatewayConsumer.class.getName());

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(EDGE + "..")
            .layer("console")
            .definedBy(EDGE + ".console")
            .layer("dynamic")
            .definedBy(EDGE + ".dynamic")
            .layer("edge")
            .definedBy(EDGE)
            .layer("conversion")
            .definedBy(EDGE + ".conversion")
            .layer("options")
            .definedBy(EDGE + ".options")
            .layer("report")
            .definedBy(REPORT)
            .layer("client")
            .definedBy(CLIENT)
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
            .whereLayer("console")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("dynamic")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("console", "dynamic")
            .whereLayer("conversion")
            .mayOnlyBeAccessedByLayers("edge", "options")
            .whereLayer("options")
            .mayOnlyBeAccessedByLayers("edge", "dynamic")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("edge")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("console", "edge")
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("client", "queue", "query")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("client", "http", "query")
            .whereLayer("encoding")
            .mayOnlyBeAccessedByLayers("client")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers(
                    "console",
                    "dynamic",
                    "edge",
                    "conversion",
                    "options",
                    "client",
                    "queue",
                    "query",
                    "http",
                    "transport",
                    "encoding");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(API, CLIENT + "..", METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule METRICS_KNOW_NO_NETWORK = noClasses()
            .that()
            .resideInAPackage(METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..");

    @ArchTest
    static final ArchRule NO_CIRCLES_AMONG_PACKAGES =
            slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    /** A nested class belongs to its outer class. Camel's own types of an endpoint know each other. */
    @ArchTest
    static final ArchRule NO_CIRCLES_AMONG_CLASSES =
            slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

    /** Users do not depend on what may change in any release. */
    @ArchTest
    static final ArchRule API_MENTIONS_NOTHING_INTERNAL = methods()
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
            .should(new MentionNothingInternal());

    /** What is found by a name at run time would have to be registered for a native executable. */
    @ArchTest
    static final ArchRule NOTHING_IS_FOUND_BY_REFLECTION = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(ClassLoader.class)))
                    .or(target(owner(assignableTo(ClassResolver.class))))
                    .or(target(owner(assignableTo(ServiceLoader.class))))
                    .or(target(name("forName")).and(target(owner(assignableTo(Class.class)))))
                    .or(target(nameStartingWith("getResource")).and(target(owner(assignableTo(Class.class)))))
                    .or(target(owner(resideInAPackage("java.lang.reflect")))));

    /** What is not meant for extension cannot be extended; Camel forces its own few to be open. */
    @ArchTest
    static final ArchRule CORE_IS_FINAL = classes()
            .that()
            .resideInAnyPackage(API, CLIENT + "..", METRICS)
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
            return name.startsWith(EDGE + ".test.infra.") || OF_CAMEL.contains(name)
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "classes";
        }
    }

    private static final class MentionNothingInternal extends ArchCondition<JavaMethod> {

        MentionNothingInternal() {
            super("mention nothing internal");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            method.getAllInvolvedRawTypes().stream()
                    .filter(type -> type.isAnnotatedWith(Internal.class)
                            || type.getPackage().isAnnotatedWith(Internal.class))
                    .forEach(type -> events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type.getName())));
        }
    }
}
