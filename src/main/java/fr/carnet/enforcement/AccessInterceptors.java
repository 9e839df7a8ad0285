package fr.carnet.enforcement;

import java.util.List;

/**
 * The access interceptors of the FHIR endpoint; the store's own is registered with the store.
 *
 * @param all to be registered on the endpoint
 */
public record AccessInterceptors(List<Object> all) {}
