/**
 * OpenID providers as the sandbox plays them, on Spring Authorization Server, apart from the token service that they are
 * upstream of: Pro Santé Connect ({@code psc}) and the provider of patients ({@code patients}) are two of them.
 */
package fr.carnet.sandbox.openid;
