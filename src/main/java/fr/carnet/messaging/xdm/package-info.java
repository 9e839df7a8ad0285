/**
 * IHE_XDM.zip: documents with their XDS metadata in one archive, as mail carries them between health professionals (IHE ITI
 * TF-2 3.32, CI-SIS "échange de documents").
 *
 * <p>Written as the Ségur volet for MSSanté asks; read as if its sender were hostile. Bytes go in and out, no store, no
 * clock, no network. Neighbours: uses {@code shared} and {@code validation}; {@code messaging.mssante} puts archives into
 * mails and takes them out.
 */
package fr.carnet.messaging.xdm;
