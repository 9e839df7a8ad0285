/** Prints the rule catalogue: {@link fr.carnet.policy.RuleCatalogue} as a table or as the page of the documentation. */
package fr.carnet.server.cli.rules;
