/** Document sharing: MHD and PDSm transactions, the registry, the content store. */
package fr.carnet.document;
