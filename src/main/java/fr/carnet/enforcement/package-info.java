/** The only place with access interceptors: asks the policy and obeys. */
package fr.carnet.enforcement;
