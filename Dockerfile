# Packs a jar that Maven has built: mvn -B package && docker build -t carnet .
FROM eclipse-temurin:21-jre
RUN useradd --system --uid 10001 --home-dir /srv/carnet --create-home carnet
WORKDIR /srv/carnet
COPY --chown=carnet:carnet target/carnet.jar carnet.jar
USER carnet
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "carnet.jar"]
