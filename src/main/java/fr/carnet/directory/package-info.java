/**
 * What the national references say of professionals, structures and patients' identities.
 *
 * <p>{@link fr.carnet.directory.ProfessionalDirectory} tells who a professional is and where he acts, {@link
 * fr.carnet.directory.DeclaredStructures} which structures have declared themselves compliant. Both answer from what was
 * loaded here, and say {@link fr.carnet.directory.DirectoryUnavailable} rather than guess. Neighbours: uses {@code shared},
 * and {@code validation} to read what INSi answers; used by whoever proves an identity.
 */
package fr.carnet.directory;
