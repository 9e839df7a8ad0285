package fr.carnet.policy;

import java.util.Map;
import java.util.Set;

/**
 * What the holder has decided and not taken back; each choice acts at once.
 *
 * @param blocked idNat_PS of the professionals whom he blocks (R44)
 * @param opposesBreakGlass R52
 * @param opposesRegulation R55
 * @param masksAll nobody but he and his representatives reads anything, emergencies included (R108)
 * @param treatingRights idNat_PS of those to whom he gives the rights of the treating physician (R107)
 * @param depositOpposed idNat_PS of those whose deposits he opposes for a legitimate reason (R48)
 * @param services document types that he authorises, by local id of the referenced digital service (R69)
 * @param curators local ids of the curators to whose access he expressly agrees (R149)
 */
public record HolderChoices(
        Set<String> blocked,
        boolean opposesBreakGlass,
        boolean opposesRegulation,
        boolean masksAll,
        Set<String> treatingRights,
        Set<String> depositOpposed,
        Map<String, Set<String>> services,
        Set<String> curators) {

    /** @throws NullPointerException if a component is missing */
    public HolderChoices {
        blocked = Set.copyOf(blocked);
        treatingRights = Set.copyOf(treatingRights);
        depositOpposed = Set.copyOf(depositOpposed);
        services = Map.copyOf(services);
        curators = Set.copyOf(curators);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "HolderChoices";
    }
}
