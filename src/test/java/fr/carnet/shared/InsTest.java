package fr.carnet.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.shared.Ins.InvalidIns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class InsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "199052A00400174",
                "199052B00400104",
                "279035121518989",
                "277076322082910",
                "124018852493334",
                "288062A00401976"
            })
    void matriculeWithItsKeyIsAccepted(String value) {
        assertThat(new Ins(InsDomain.NIR, value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "123456789012345",
                "279035121518988",
                "199052A00400104",
                "199052B00400174",
                "199052a00400174",
                "27903512151898",
                "2790351215189890",
                "579035121518989",
                "27903512151898A",
                " 279035121518989"
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> new Ins(InsDomain.NIR, value))
                .isInstanceOf(InvalidIns.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .matches("15 characters expected: 13 of the number and a key of 2|wrong key"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.250.1.213.1.4.8,NIR",
        "urn:oid:1.2.250.1.213.1.4.8,NIR",
        "urn:oid:1.2.250.1.213.1.4.9,NIA",
        "1.2.250.1.213.1.4.10,TEST",
        "1.2.250.1.213.1.4.11,DEMONSTRATION"
    })
    void domainIsReadFromOidOrSystem(String system, InsDomain domain) {
        assertThat(Ins.of(system, "279035121518989")).isEqualTo(new Ins(domain, "279035121518989"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1.2.250.1.213.1.4.2", "urn:oid:", "urn:oid:urn:oid:1.2.250.1.213.1.4.8"})
    void otherDomainIsRefused(String system) {
        assertThatThrownBy(() -> Ins.of(system, "279035121518989")).isInstanceOf(InvalidIns.class);
    }

    @Test
    void matriculeIsNeverPrinted() {
        Ins ins = new Ins(InsDomain.TEST, "279035121518989");

        assertThat(ins).hasToString("Ins[TEST]");
        assertThat(ins.token()).isEqualTo("urn:oid:1.2.250.1.213.1.4.10|279035121518989");
    }
}
