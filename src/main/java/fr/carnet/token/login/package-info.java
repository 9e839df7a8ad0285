/**
 * Log-ins of people with a browser: authorization code and proof key towards clients, OpenID Connect towards the provider of
 * patients and representatives (R16, R147–R151) and Pro Santé Connect (R85). There is no session: each authorization request
 * is one log-in at the provider, whose state is sealed in PostgreSQL for ten minutes.
 */
package fr.carnet.token.login;
