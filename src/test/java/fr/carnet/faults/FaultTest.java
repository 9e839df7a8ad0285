package fr.carnet.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The faults of {@code faults/faults.tsv} that a test injects. It tells {@link FaultReport} each of them with its proof, or it
 * fails.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(FaultWitness.class)
public @interface FaultTest {

    /** Numbers of the faults. */
    int[] value();
}
