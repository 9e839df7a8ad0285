/**
 * FHIR profiles, checked offline: Carnet's own, and the official packages that the operator has put beside the server. The
 * engine is HAPI's; here is what it is fed with, how it is kept warm, and how its findings become ours. Neighbours: the
 * validation room asks it for each resource of a submission.
 */
package fr.carnet.validation.profile;
