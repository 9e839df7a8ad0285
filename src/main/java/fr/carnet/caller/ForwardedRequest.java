package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A request that came through a proxy: its certificate is the client's, where the proxy told one, and never the proxy's. */
final class ForwardedRequest extends HttpServletRequestWrapper {

    private final Optional<X509Certificate> client;

    ForwardedRequest(HttpServletRequest request, Optional<X509Certificate> client) {
        super(request);
        this.client = client;
    }

    @Override
    public Object getAttribute(String name) {
        if (TokenBinding.CERTIFICATES.equals(name)) {
            return client.map(one -> new X509Certificate[] {one}).orElse(null);
        }
        return super.getAttribute(name);
    }
}
