package fr.carnet.messaging.conversation;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Conversations with their limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessagingSettings.class)
class ConversationConfiguration {

    @Bean
    Enclosures enclosures(MessagingSettings settings) {
        return new Enclosures(settings);
    }
}
