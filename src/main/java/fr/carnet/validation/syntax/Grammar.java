package fr.carnet.validation.syntax;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.Optional;

/**
 * What may stand where in a resource of FHIR R4.
 *
 * @param fhir model of R4
 */
record Grammar(FhirContext fhir) {

    private static final String ID = "id";

    /** What an element may be. */
    sealed interface Shape permits Structure, Primitive, AnyResource, Narrative {}

    /** Children by name; {@code Extension} and the types of resources among them. */
    record Structure(BaseRuntimeElementCompositeDefinition<?> definition) implements Shape {

        /** The child of this name, e.g. {@code valueString}. */
        Optional<Child> child(String name) {
            // the names of a model's elements of choice stand in it as value[x] too
            if (name.contains("[") || (name.equals(ID) && !isResource())) {
                return Optional.empty();
            }
            // of a modifierExtension the model knows no type
            String typed = name.equals("modifierExtension") ? "extension" : name;
            return Optional.ofNullable(definition.getChildByName(name)).flatMap(child -> Optional.ofNullable(
                            definition.getChildByName(typed).getChildByName(typed))
                    .map(type -> new Child(child, shape(type, child), child.getMax() != 1)));
        }

        boolean isResource() {
            return definition instanceof RuntimeResourceDefinition;
        }

        boolean isExtension() {
            return definition.getName().equals("Extension");
        }
    }

    /** A value. */
    record Primitive(RuntimePrimitiveDatatypeDefinition definition, Object arguments) implements Shape {

        String type() {
            return definition.getName();
        }

        /** True if the model can read it. */
        boolean reads(String text) {
            if (type().equals("base64Binary")) {
                return Base64Text.isWellFormed(text);
            }
            try {
                (arguments == null ? definition.newInstance() : definition.newInstance(arguments))
                        .setValueAsString(text);
                return true;
            } catch (RuntimeException e) {
                // the types meet what they cannot read with various exceptions
                return false;
            }
        }
    }

    /** A resource, which says itself of which type. */
    record AnyResource() implements Shape {}

    /** XHTML. */
    record Narrative() implements Shape {}

    /**
     * An element within another.
     *
     * @param definition one for all the names of a choice
     * @param repeats it may stand there several times: an array in JSON
     */
    record Child(BaseRuntimeChildDefinition definition, Shape shape, boolean repeats) {}

    /** The resource of this type; upper and lower case are told apart. */
    Optional<Structure> resource(String type) {
        return fhir.getResourceTypes().contains(type)
                ? Optional.of(new Structure(fhir.getResourceDefinition(type)))
                : Optional.empty();
    }

    /** An extension beside a value. */
    Child extension() {
        return new Structure((BaseRuntimeElementCompositeDefinition<?>) fhir.getElementDefinition("HumanName"))
                .child("extension")
                .orElseThrow();
    }

    private static Shape shape(BaseRuntimeElementDefinition<?> type, BaseRuntimeChildDefinition child) {
        return switch (type.getChildType()) {
            case PRIMITIVE_DATATYPE, ID_DATATYPE ->
                new Primitive((RuntimePrimitiveDatatypeDefinition) type, child.getInstanceConstructorArguments());
            case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG -> new Narrative();
            case RESOURCE, CONTAINED_RESOURCES, CONTAINED_RESOURCE_LIST -> new AnyResource();
            case COMPOSITE_DATATYPE, RESOURCE_BLOCK, UNDECL_EXT, EXTENSION_DECLARED ->
                new Structure((BaseRuntimeElementCompositeDefinition<?>) type);
        };
    }
}
