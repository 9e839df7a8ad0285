package fr.carnet.caller;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.filter.OncePerRequestFilter;

/** One client that runs wild does not take the server from the others. */
public final class RequestRate extends OncePerRequestFilter {

    private final Rates rates;
    private final Function<HttpServletRequest, Optional<String>> who;
    private final ThrottledAnswer refusal;

    /**
     * @param perMinute requests that each may make in a minute, on this node
     * @param who asks, once he is known
     * @param refusal answers 429
     */
    public RequestRate(int perMinute, Function<HttpServletRequest, Optional<String>> who, ThrottledAnswer refusal) {
        this.rates = new Rates(perMinute);
        this.who = who;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (who.apply(request).map(rates::take).orElse(true)) {
            chain.doFilter(request, response);
        } else {
            refusal.answer(request, response);
        }
    }
}
