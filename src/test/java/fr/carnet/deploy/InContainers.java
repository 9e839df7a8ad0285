package fr.carnet.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that need a container engine: skipped, with a sentence, where none answers. See {@link ContainerEngine}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ContainerEngine.class)
public @interface InContainers {

    /** What is not tested where they are skipped, to follow "no container engine answers:". */
    String value();
}
