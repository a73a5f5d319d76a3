package io.github.camelpushgateway.reload;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The name of a bean in the registry. A reload of routes creates the beans of a file again, and binds them with the same names. The
 * context keeps the earlier ones, if they have been added to it, as a factory or a strategy.
 *
 * <p>A stop of the context clears the registry. A bean without a name there is therefore not replaced.
 *
 * @param <T> the type of the bean
 */
public final class BoundBean<T> {

    private final Class<T> type;
    private final T bean;

    /** The name, as soon as it is known. Beans are bound after they have received their context. */
    @Nullable
    private volatile String name;

    /**
     * Creates the bean of a name that is not known yet.
     *
     * @param type the type of the bean and of its replacement
     */
    public BoundBean(Class<T> type, T bean) {
        this.type = type;
        this.bean = bean;
    }

    /** Returns whether another bean has the name of this bean. */
    public boolean isReplaced(CamelContext context) {
        Map<String, T> beans = reloadable(context.getRegistry()).findByTypeWithName(type);
        String known = name;
        if (known != null) {
            T current = beans.get(known);
            return current != null && current != bean;
        }
        beans.forEach((each, value) -> {
            if (value == bean) {
                name = each;
            }
        });
        return false;
    }

    /**
     * Returns the beans that Camel has bound. Those of Spring and Quarkus live as long as the context, and a lookup could create further
     * ones.
     */
    private static BeanRepository reloadable(Registry registry) {
        return registry instanceof DefaultRegistry composite ? composite.getFallbackRegistry() : registry;
    }
}
