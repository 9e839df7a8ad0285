package fr.carnet.token;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A client that proves itself by the certificate of its connection (RFC 8705 §2.1). The library takes one that comes without
 * its authorities for self-signed; ours are those of the server, so that they need not be sent.
 */
final class CertificateClients implements AuthenticationConverter {

    private final AuthenticationConverter library = new X509ClientCertificateAuthenticationConverter();

    @Override
    public Authentication convert(HttpServletRequest request) {
        return library.convert(request) instanceof OAuth2ClientAuthenticationToken client
                ? new OAuth2ClientAuthenticationToken(
                        client.getPrincipal().toString(),
                        ClientAuthenticationMethod.TLS_CLIENT_AUTH,
                        client.getCredentials(),
                        client.getAdditionalParameters())
                : null;
    }
}
