/**
 * What is deployed by files: compose file, manifests, image. Nothing here needs a container engine; where one is found, it
 * is asked too.
 */
package fr.carnet.deploy;
