package io.github.camelpushgateway;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ServiceLoader;
import org.apache.camel.spi.ClassResolver;

/** The arrows of docs/architecture.adoc. */
@AnalyzeClasses(packages = "io.github.camelpushgateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String EDGE = "io.github.camelpushgateway";
    private static final String CLIENT = EDGE + ".client..";
    private static final String METRICS = EDGE + ".metrics..";
    private static final String REPORT = EDGE + ".report..";

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(CLIENT, METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_EDGE = noClasses()
            .that()
            .resideInAnyPackage(CLIENT, METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EDGE);

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_REPORT = noClasses()
            .that()
            .resideInAnyPackage(CLIENT, METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(REPORT);

    @ArchTest
    static final ArchRule REPORT_KNOWS_NEITHER_EDGE_NOR_CLIENT = noClasses()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGE, CLIENT);

    @ArchTest
    static final ArchRule METRICS_KNOW_NO_CLIENT = noClasses()
            .that()
            .resideInAPackage(METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT);

    @ArchTest
    static final ArchRule METRICS_KNOW_NO_NETWORK = noClasses()
            .that()
            .resideInAPackage(METRICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("io.github.camelpushgateway.(*)..").should().beFreeOfCycles();

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
            .resideInAnyPackage(CLIENT, METRICS)
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
