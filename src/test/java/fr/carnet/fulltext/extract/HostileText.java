package fr.carnet.fulltext.extract;

import java.util.List;
import java.util.Random;

/** RTF, plain text and FHIR documents in JSON that were made to do harm. */
final class HostileText {

    private static final String RTF = "application/rtf";
    private static final String JSON = "application/fhir+json";
    private static final String PLAIN = "text/plain";
    private static final int MILLION = 1_000_000;

    private HostileText() {}

    static List<HostileFile> all() {
        return List.of(
                HostileFile.text("rtf: a million levels", RTF, () -> "{\\rtf1 " + "{".repeat(MILLION), "malformed"),
                HostileFile.text(
                        "rtf: 20 MB", RTF, () -> "{\\rtf1 " + "mot\\par ".repeat(2_500_000) + "}", "text, cut"),
                HostileFile.text("rtf: 20 MB of a word", RTF, () -> "{\\rtf1 \\" + "a".repeat(20 * MILLION), "no-text"),
                HostileFile.text("rtf: 2 GB of bytes to skip", RTF, () -> "{\\rtf1 mot\\bin2147483647 x}", "text"),
                HostileFile.text("rtf: a million fallbacks", RTF, () -> "{\\rtf1 \\uc99999999\\u65?mot}", "text"),
                HostileFile.text(
                        "rtf: closes what it never opened", RTF, () -> "{\\rtf1 mot" + "}".repeat(MILLION), "text"),
                HostileFile.text(
                        "rtf: object and picture",
                        RTF,
                        () -> "{\\rtf1 mot{\\object{\\*\\objdata 41}}{\\pict 42}}",
                        "text"),
                HostileFile.text("json: a million levels", JSON, () -> "[".repeat(MILLION), "malformed"),
                HostileFile.text(
                        "json: a million levels of extensions",
                        JSON,
                        () -> "{\"extension\":[".repeat(MILLION),
                        "malformed"),
                HostileFile.text(
                        "json: 20 MB of one title",
                        JSON,
                        () -> "{\"title\":\"" + "m".repeat(19 * MILLION) + "\"}",
                        "text, cut"),
                HostileFile.text(
                        "json: a number of a million digits",
                        JSON,
                        () -> "{\"title\":\"mot\",\"n\":" + "9".repeat(MILLION) + "}",
                        "text",
                        "malformed"),
                HostileFile.text("json: lone surrogates", JSON, () -> "{\"title\":\"a\\uD800b\\u0000\"}", "text"),
                HostileFile.text(
                        "json: narrative that is no XML",
                        JSON,
                        () -> "{\"title\":\"mot\",\"text\":{\"div\":\"<div><p>\"}}",
                        "text, cut"),
                HostileFile.text(
                        "json: entities in a narrative",
                        JSON,
                        () ->
                                "{\"title\":\"mot\",\"text\":{\"div\":\"<!DOCTYPE x [<!ENTITY e 'ha'>]><div>&e;</div>\"}}",
                        "text, cut"),
                HostileFile.text("plain: 20 MB", PLAIN, () -> "mot ".repeat(5 * MILLION), "text, cut"),
                HostileFile.of("plain: noise", PLAIN, HostileText::noise, "text", "text, cut"),
                HostileFile.of("plain: a million NUL", PLAIN, () -> new byte[MILLION], "no-text"),
                HostileFile.text("plain: charset that cannot be", PLAIN + "; charset=../../etc", () -> "mot", "text"),
                HostileFile.text(
                        "a type of a million characters",
                        PLAIN + ";" + "x".repeat(MILLION),
                        () -> "mot",
                        "unsupported-type"),
                HostileFile.text("xml that says PDF", "application/pdf", () -> "<a/>", "malformed"),
                HostileFile.of("pdf that says RTF", RTF, () -> Documents.pdf("mot"), "malformed"),
                HostileFile.of("pdf that says XML", "text/xml", () -> Documents.pdf("mot"), "malformed"),
                HostileFile.of("empty", "application/pdf", () -> new byte[0], "malformed"));
    }

    private static byte[] noise() {
        byte[] noise = new byte[MILLION];
        new Random(7).nextBytes(noise);
        return noise;
    }
}
