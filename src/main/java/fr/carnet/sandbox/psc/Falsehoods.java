package fr.carnet.sandbox.psc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What userinfo says wrongly of a professional, so that a vendor sees it refused.
 *
 * @param rpps another number than his
 * @param profession another profession than his
 * @param without a claim that is left out
 */
record Falsehoods(Optional<String> rpps, Optional<String> profession, Optional<String> without) {

    /** Where it is kept with a login. */
    static final String ATTRIBUTE = "carnet.falsehoods";

    private static final String EXERCISES = "exercices";

    Map<String, Object> in(Map<String, Object> userinfo) {
        Map<String, Object> told = new LinkedHashMap<>(userinfo);
        rpps.ifPresent(number -> told.put("SubjectNameID", "8" + number));
        profession.ifPresent(code -> told.put("SubjectRefPro", Map.of(EXERCISES, exercises(userinfo, code))));
        without.ifPresent(told::remove);
        return told;
    }

    private static List<Map<Object, Object>> exercises(Map<String, Object> userinfo, String profession) {
        Map<?, ?> reference = (Map<?, ?>) userinfo.get("SubjectRefPro");
        return ((List<?>) reference.get(EXERCISES))
                .stream()
                        .map(exercise -> {
                            Map<Object, Object> changed = new HashMap<>((Map<?, ?>) exercise);
                            changed.put("codeProfession", profession);
                            return changed;
                        })
                        .toList();
    }
}
