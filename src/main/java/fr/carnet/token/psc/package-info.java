/**
 * Pro Santé Connect as upstream: its access token is introspected, its userinfo read, one of the situations that it lists
 * chosen (R71, R85).
 */
package fr.carnet.token.psc;
