package fr.carnet.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of the published rule book: what it asks, how sure it is, and who judges it here.
 *
 * @param number in the rule book
 * @param grades how sure it is; several where its parts differ, never empty
 * @param judges where it is enforced today; empty when nowhere
 * @param pending what brings the rest; empty when nothing is missing, or nothing can be done
 * @param sources articles, numbered requirements and documents
 * @param asks what the rule asks, one sentence
 * @param why why it cannot be enforced, or what of it is still to come
 */
public record CatalogueEntry(
        int number,
        List<Grade> grades,
        Set<Judge> judges,
        Optional<Theme> pending,
        List<String> sources,
        Sentence asks,
        Optional<Sentence> why) {

    /** @throws IllegalArgumentException if grade or source is missing, or a reason where one is due */
    public CatalogueEntry {
        grades = List.copyOf(grades);
        judges = Set.copyOf(judges);
        sources = List.copyOf(sources);
        Objects.requireNonNull(asks);
        if (grades.isEmpty() || sources.isEmpty()) {
            throw new IllegalArgumentException("rule catalogue: R" + number + ": no grade or no source");
        }
        boolean reasonDue = judges.isEmpty() == pending.isEmpty();
        if (reasonDue != why.isPresent()) {
            throw new IllegalArgumentException("rule catalogue: R" + number
                    + ": a reason goes with rules that are enforced in part or not enforceable, and with no other");
        }
    }

    /** {@code R} and the number. */
    public String id() {
        return "R" + number;
    }

    /** How far the rule is enforced. */
    public State state() {
        if (judges.isEmpty()) {
            return pending.isPresent() ? State.PENDING : State.NOT_ENFORCEABLE;
        }
        return pending.isPresent() ? State.PARTLY : State.ENFORCED;
    }

    /** Verdicts that bear the rule's number. */
    public List<Rule> verdicts() {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.id().equals(id()))
                .toList();
    }

    /** How far a rule is enforced. */
    public enum State {
        /** Whatever of it a server can judge is judged. */
        ENFORCED,
        /** Judged in part; {@link CatalogueEntry#why} says what is missing. */
        PARTLY,
        /** Not judged yet. */
        PENDING,
        /** No server can judge it; {@link CatalogueEntry#why} says the reason. */
        NOT_ENFORCEABLE
    }

    /** Confidence of the rule book in a rule; {@link #code} is its letter. */
    public enum Grade {
        /** Read in a source. */
        CONFIRMED,
        /** Known, the source was not read again. */
        MEMORY,
        /** Inferred, so that the policy can decide. */
        INFERRED;

        /** First letter, as in the rule book. */
        public String code() {
            return name().substring(0, 1);
        }
    }

    /** Who judges a rule. */
    public enum Judge {
        /** The policy, in verdicts that bear the rule's number ({@link Rule}). */
        POLICY,
        /** The policy decides by it, and its verdicts bear the numbers of other rules. */
        PRINCIPLE,
        /** The policy attaches it to a permit ({@link Decision.Obligation}). */
        OBLIGATION,
        /** The checks of what is sent in. */
        VALIDATION,
        /** Registration of patients, status of records, declaration of choices. */
        REGISTRATION,
        /** The reading of the token. */
        DOOR,
        /** The store of documents and what it answers. */
        DOCUMENTS,
        /** The traces and who is shown them. */
        TRACE,
        /** Notices and messages, and who they reach. */
        MESSAGING,
        /** The national references: directory, declared structures, INSi. */
        DIRECTORY,
        /** The token service: what proves an identity, before any record is asked for. */
        TOKEN
    }

    /** What later work brings. */
    public enum Theme {
        /** Opening, activation, closing, destruction. */
        LIFE,
        /** Further choices of the holder. */
        CHOICES,
        /** Labels that change with time. */
        VISIBILITY,
        /** Versions, duplicates, identifiers of documents. */
        DOCUMENTS,
        /** Proofs of identity. */
        IDENTITY,
        /** Retention and sealing of the traces. */
        TRACES,
        /** Notices to the persons concerned. */
        NOTICES,
        /** Messages between professionals and patients. */
        MESSAGES,
        /** Search and overview. */
        SEARCH,
        /** Counters of deployment and use. */
        INDICATORS
    }

    /**
     * A sentence in both languages.
     *
     * @param french default
     * @param english beside
     */
    public record Sentence(String french, String english) {

        /** @throws IllegalArgumentException if one language is missing */
        public Sentence {
            if (french.isBlank() || english.isBlank()) {
                throw new IllegalArgumentException("rule catalogue: a sentence lacks one of its languages");
            }
        }

        /** English where it is asked for, French otherwise. */
        public String in(Locale locale) {
            return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : french;
        }
    }
}
