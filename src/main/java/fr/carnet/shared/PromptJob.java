package fr.carnet.shared;

/** Work that somebody waits for: it runs every few seconds, not only with the hourly round. */
public interface PromptJob extends DueJob {}
