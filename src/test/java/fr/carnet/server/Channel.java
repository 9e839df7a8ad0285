package fr.carnet.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The channels of {@code leaks/channels.tsv} that a test, or every test of a class, tries in both directions. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Channel {

    /** Numbers of the channels. */
    int[] value();
}
