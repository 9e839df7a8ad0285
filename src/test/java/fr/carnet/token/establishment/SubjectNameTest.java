package fr.carnet.token.establishment;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.StructureId;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R82")
class SubjectNameTest {

    private static final X500Principal HOSPITAL =
            new X500Principal("CN=DMP SIGN,OU=1990000010,O=Centre hospitalier H,ST=Paris (75),C=FR");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=DMP SIGN,OU=1990000010,O=Centre hospitalier H,ST=Paris (75),C=FR",
                "C=FR, ST=Paris (75), O=Centre hospitalier H, OU=1990000010, CN=DMP SIGN",
                "cn=dmp sign, ou=1990000010, o=centre  hospitalier h, s=Paris (75), c=fr"
            })
    void sameNameIsWrittenInTwoOrders(String written) {
        assertThat(SubjectName.of(HOSPITAL).isWritten(written)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DMP SIGN",
                "CN=DMP SIGN",
                "CN=DMP SIGN,OU=1990000028,O=Centre hospitalier H,ST=Paris (75),C=FR",
                "OU=1990000010,CN=DMP SIGN,O=Centre hospitalier H,ST=Paris (75),C=FR",
                "CN=DMP SIGN,OU=1990000010,O=Centre hospitalier H,ST=Paris (75),C=FR,C=FR",
                "CN=DMP SIGN\\,OU=1990000010,O=Centre hospitalier H,ST=Paris (75),C=FR"
            })
    void otherNamesAreNot(String written) {
        assertThat(SubjectName.of(HOSPITAL).isWritten(written)).isFalse();
    }

    @Test
    void givenNamesAreWrittenAsSoftwareDoes() {
        X500Principal card = new X500Principal("CN=1,2.5.4.42=Claire,2.5.4.4=Martin,C=FR");
        assertThat(SubjectName.of(card).isWritten("CN=1,GN=Claire,SN=Martin,C=FR"))
                .isTrue();
    }

    @Test
    void structureIsTheOnlyUnitThatIsOne() {
        assertThat(SubjectName.of(HOSPITAL).structure()).contains(new StructureId("1990000010"));
        assertThat(SubjectName.of(new X500Principal("CN=a,OU=0002 187512751,OU=1990000010,C=FR"))
                        .structure())
                .contains(new StructureId("1990000010"));
        assertThat(SubjectName.of(new X500Principal("CN=a,OU=1990000028,OU=1990000010,C=FR"))
                        .structure())
                .isEmpty();
        assertThat(SubjectName.of(new X500Principal("CN=1990000010,C=FR")).structure())
                .isEmpty();
        assertThat(SubjectName.of(new X500Principal("CN=a+OU=1990000010,C=FR")).structure())
                .isEmpty();
    }
}
