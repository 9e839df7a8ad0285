/**
 * Pro Santé Connect as the sandbox plays it: discovery, a login page with the cast, tokens, introspection, userinfo with the
 * spellings of its documentation. Built on Spring Authorization Server, apart from the token service that it is upstream of.
 */
package fr.carnet.sandbox.psc;
