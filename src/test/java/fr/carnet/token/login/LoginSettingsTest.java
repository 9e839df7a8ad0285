package fr.carnet.token.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.token.login.LoginSettings.Patients;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of the patients' provider: what is missing or unsafe is refused at the start. */
class LoginSettingsTest {

    private static final String ROOT = "carnet.token.login.patients.";

    @Test
    void defaultAsksForTwoFactors() {
        Patients patients = bound(Map.of());

        assertThat(patients.isEnough("eidas1")).isFalse();
        assertThat(patients.isEnough("eidas2")).isTrue();
        assertThat(patients.isEnough("eidas3")).isTrue();
        assertThat(patients.isEnough("inconnu")).isFalse();
        assertThat(patients.isEnough("")).isFalse();
        assertThat(patients.provider().acr()).isEqualTo("eidas2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer",
                "authorization-uri",
                "token-uri",
                "jwks-uri",
                "userinfo-uri",
                "client-id",
                "client-secret"
            })
    void missingSettingIsNamed(String setting) {
        Map<String, String> settings = settings();
        settings.remove(ROOT + setting);

        assertThatThrownBy(() -> bind(settings)).getRootCause().hasMessageContaining(setting);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "token-uri, http://identite.example/token",
        "client-authentication, none",
        "scopes, profile",
        "least-assurance, eidas9"
    })
    void settingThatDoesNotFitIsNamed(String setting, String value) {
        assertThatThrownBy(() -> bound(Map.of(ROOT + setting, value)))
                .getRootCause()
                .hasMessageContaining(setting);
    }

    @Test
    void secretIsNotShown() {
        assertThat(bound(Map.of()).toString()).doesNotContain("tres-secret");
        assertThat(bound(Map.of()).provider().toString()).doesNotContain("tres-secret");
    }

    private static Patients bound(Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.putAll(more);
        return bind(settings);
    }

    private static Patients bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("carnet.token.login", Bindable.of(LoginSettings.class))
                .get()
                .patients();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(ROOT + "issuer", "https://identite.example");
        for (String endpoint : new String[] {"authorization", "token", "jwks", "userinfo"}) {
            settings.put(ROOT + endpoint + "-uri", "https://identite.example/" + endpoint);
        }
        settings.put(ROOT + "client-id", "carnet");
        settings.put(ROOT + "client-secret", "tres-secret");
        return settings;
    }
}
