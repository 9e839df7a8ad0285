# Packs a jar that Maven has built: mvn -B package && docker build -t carnet .
FROM eclipse-temurin:21-jre AS unpacked
COPY target/carnet.jar carnet.jar
RUN java -Djarmode=tools -jar carnet.jar extract --destination /carnet

FROM eclipse-temurin:21-jre
RUN useradd --system --uid 10001 --home-dir /srv/carnet --create-home carnet
WORKDIR /srv/carnet
COPY --chown=carnet:carnet --from=unpacked /carnet .
USER carnet
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "carnet.jar"]
