package fr.carnet.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Policies and their keys by settings, each made once. */
final class Policies {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();
    private static final Map<PolicySettings, Policy> POLICIES = new ConcurrentHashMap<>();
    private static final Map<PolicySettings, VisibilityKeys> KEYS = new ConcurrentHashMap<>();

    private Policies() {}

    static Policy of(PolicySettings settings) {
        return POLICIES.computeIfAbsent(settings, s -> new Policy(MATRIX, s));
    }

    static VisibilityKeys keys(PolicySettings settings) {
        return KEYS.computeIfAbsent(settings, s -> new VisibilityKeys(of(s)));
    }
}
