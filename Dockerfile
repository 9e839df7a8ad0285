# Packs a jar that Maven has built: mvn -B package && docker build -t carnet .
# Needs no network but for the base image. JAVA is replaced where another one is wanted: --build-arg JAVA=…
ARG JAVA=eclipse-temurin:25-jre

FROM ${JAVA} AS unpacked
COPY target/carnet.jar carnet.jar
RUN java -Djarmode=tools -jar carnet.jar extract --layers --destination /carnet

FROM ${JAVA} AS program
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent carnet
WORKDIR /srv/carnet
# what changes least comes first: an upgrade of Carnet alone is one small layer
COPY --from=unpacked /carnet/dependencies/ ./
COPY --from=unpacked /carnet/spring-boot-loader/ ./
COPY --from=unpacked /carnet/snapshot-dependencies/ ./
COPY --from=unpacked /carnet/application/ ./
USER 10001:10001

# A run of the sandbox, with its guided tour, teaches the JVM which classes and methods it will need (JEP 514).
FROM program AS trained
COPY --chmod=0755 deploy/train /tmp/train
RUN /tmp/train carnet.jar /tmp/carnet.aot

FROM program
COPY --from=trained /tmp/carnet.aot ./
EXPOSE 8080 8081
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=4 \
  CMD ["java", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-jar", "carnet.jar", "health"]
# Not in JDK_JAVA_OPTIONS, which the probe would take too: with the cache it costs three times as much. G1 as in the
# training, whatever the size of the container: the cache holds objects in its layout.
ENTRYPOINT ["java", "-XX:AOTCache=/srv/carnet/carnet.aot", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", \
  "-XX:MaxRAMPercentage=70", "-jar", "carnet.jar"]
CMD ["serve"]
