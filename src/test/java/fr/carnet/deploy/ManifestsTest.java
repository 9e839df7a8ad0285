package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests are what Kubernetes takes, word for word, and ask for no right that Carnet does not need. */
class ManifestsTest {

    private static final Path FOLDER = Path.of("deploy", "kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "ServiceAccount", ServiceAccount.class,
            "ConfigMap", ConfigMap.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "Job", Job.class,
            "Deployment", Deployment.class,
            "Service", Service.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "NetworkPolicy", NetworkPolicy.class);
    /** The models keep what they do not know in a map; here it is an error. */
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated field) {
                    return false;
                }
            });

    private static final List<HasMetadata> ALL = manifests();

    private static List<HasMetadata> manifests() {
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> !f.endsWith("kustomization.yaml")).toList()) {
                var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile());
                while (documents.hasNext()) {
                    all.add(read(documents.next()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static HasMetadata read(JsonNode document) throws JsonProcessingException {
        Class<? extends HasMetadata> kind = KINDS.get(document.path("kind").asText());
        assertThat(kind).as(document.path("kind").asText()).isNotNull();
        HasMetadata read = STRICT.treeToValue(document, kind);
        assertThat(document.path("apiVersion").asText()).isEqualTo(read.getApiVersion());
        return read;
    }

    private static <T> List<T> of(Class<T> kind) {
        return ALL.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <T> T the(Class<T> kind) {
        assertThat(of(kind)).hasSize(1);
        return of(kind).get(0);
    }

    private static List<PodTemplateSpec> pods() {
        return List.of(
                the(Deployment.class).getSpec().getTemplate(),
                the(Job.class).getSpec().getTemplate());
    }

    @Test
    void kustomizationNamesEveryFile() throws IOException {
        List<String> named = new ArrayList<>();
        STRICT.readTree(FOLDER.resolve("kustomization.yaml").toFile())
                .get("resources")
                .forEach(file -> named.add(file.asText()));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void podsAskForNoRight() {
        for (PodTemplateSpec pod : pods()) {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getHostNetwork()).isNull();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            for (Container container : spec.getContainers()) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
                assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
            }
        }
    }

    /** A password in an environment is seen by whoever describes the pod. */
    @Test
    void secretsAreFiles() {
        for (PodTemplateSpec pod : pods()) {
            for (Container container : pod.getSpec().getContainers()) {
                assertThat(container.getEnv()).allMatch(variable -> variable.getValueFrom() == null);
                assertThat(container.getEnvFrom()).allMatch(source -> source.getSecretRef() == null);
            }
        }
        assertThat(the(ConfigMap.class).getData().keySet())
                .noneMatch(name -> name.endsWith("PASSWORD") || name.endsWith("SECRET") || name.endsWith("APIKEY"));
    }

    /** Only the job may alter tables. */
    @Test
    void ownerOfTheTablesIsTheJobsAlone() {
        assertThat(secrets(the(Job.class).getSpec().getTemplate()))
                .containsExactlyInAnyOrder("carnet-owner", "carnet-tls");
        assertThat(secrets(the(Deployment.class).getSpec().getTemplate()))
                .containsExactlyInAnyOrder("carnet", "carnet-tls", "carnet-trace");
    }

    private static List<String> secrets(PodTemplateSpec pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .toList();
    }

    @Test
    void everyMountHasItsVolumeAndEveryFileItsMount() {
        for (PodTemplateSpec pod : pods()) {
            List<VolumeMount> mounts = pod.getSpec().getContainers().get(0).getVolumeMounts();
            assertThat(mounts.stream().map(VolumeMount::getName))
                    .containsExactlyInAnyOrderElementsOf(pod.getSpec().getVolumes().stream()
                            .map(Volume::getName)
                            .toList());
        }
        List<String> folders =
                the(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts()
                        .stream()
                        .map(VolumeMount::getMountPath)
                        .toList();
        the(ConfigMap.class).getData().values().stream()
                .flatMap(value -> Stream.of(value.split("[=:]")))
                .filter(word -> word.startsWith("/run/") || word.equals("/roots"))
                .forEach(path -> assertThat(folders).as(path).anyMatch(folder -> (path + "/").startsWith(folder)));
    }

    @Test
    void selectorsMeanTheNodes() {
        Map<String, String> node =
                the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
        Map<String, String> job =
                the(Job.class).getSpec().getTemplate().getMetadata().getLabels();
        assertThat(node)
                .containsAllEntriesOf(
                        the(Deployment.class).getSpec().getSelector().getMatchLabels());
        List<Map<String, String>> serving = List.of(
                the(Service.class).getSpec().getSelector(),
                the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
                policy("node").getSpec().getPodSelector().getMatchLabels());
        assertThat(serving).allSatisfy(labels -> {
            assertThat(node).containsAllEntriesOf(labels);
            assertThat(job.entrySet().containsAll(labels.entrySet())).isFalse();
        });
        assertThat(job)
                .containsAllEntriesOf(
                        policy("database-and-names").getSpec().getPodSelector().getMatchLabels());
    }

    @Test
    void nothingPassesThatIsNotNamed() {
        NetworkPolicy closed = policy("nothing-else");
        assertThat(closed.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
        assertThat(closed.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(closed.getSpec().getIngress()).isNullOrEmpty();
        assertThat(closed.getSpec().getEgress()).isNullOrEmpty();
        assertThat(of(NetworkPolicy.class))
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .allMatch(rule -> !rule.getFrom().isEmpty() && !rule.getPorts().isEmpty());
    }

    private static NetworkPolicy policy(String name) {
        return of(NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void probesAskTheManagementPort() {
        Container node = the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
        assertThat(List.of(node.getStartupProbe(), node.getReadinessProbe(), node.getLivenessProbe()))
                .extracting(probe -> probe.getHttpGet().getPort().getStrVal())
                .containsOnly("management");
        assertThat(the(ConfigMap.class).getData())
                .containsEntry("MANAGEMENT_SERVER_PORT", "8081")
                .containsEntry("SERVER_PORT", "8443");
        assertThat(node.getPorts()).extracting(port -> port.getContainerPort()).containsExactly(8443, 8081);
    }

    @Test
    void wordThatKubernetesDoesNotKnowIsFound() {
        assertThatThrownBy(() -> STRICT.readValue("{kind: Service, spec: {selectors: {}}}", Service.class))
                .hasMessageContaining("selectors");
    }
}
