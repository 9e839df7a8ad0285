/**
 * Metadata update (PDSm flow 3/4; DMP TD3.3a–d): mask, archive, announce, delete, by PATCH. The effect is judged, not the
 * path that the patch took.
 */
package fr.carnet.document.update;
