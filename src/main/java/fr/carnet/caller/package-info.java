/** From a validated token to a {@link fr.carnet.shared.Caller} and an {@link fr.carnet.shared.AccessContext}. */
package fr.carnet.caller;
