package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestRatesTest {

    private static final ThrottledAnswer TOLD = (request, response) -> response.setStatus(429);

    @Test
    void addressThatFailedTooOftenIsNotHeard() {
        Filter filter = new FailedAttempts(3, status -> status == 401, TOLD);

        assertThat(statuses(filter, "192.0.2.1", 401, 5)).containsExactly(401, 401, 401, 429, 429);
        assertThat(statuses(filter, "192.0.2.1", 200, 1)).containsExactly(429);
        assertThat(statuses(filter, "192.0.2.2", 200, 1)).containsExactly(200);
    }

    @Test
    void successAndOtherRefusalsAreNoFailedAttempts() {
        Filter filter = new FailedAttempts(3, status -> status == 401, TOLD);

        assertThat(statuses(filter, "192.0.2.1", 200, 5)).containsOnly(200);
        assertThat(statuses(filter, "192.0.2.1", 403, 5)).containsOnly(403);
    }

    @Test
    void clientHasItsShareAndOthersTheirs() {
        Filter filter = new RequestRate(3, request -> Optional.of(request.getRemoteAddr()), TOLD);

        assertThat(statuses(filter, "192.0.2.1", 200, 4)).containsExactly(200, 200, 200, 429);
        assertThat(statuses(filter, "192.0.2.2", 200, 3)).containsOnly(200);
    }

    @Test
    void whoeverIsNotKnownIsNotCounted() {
        Filter filter = new RequestRate(1, request -> Optional.empty(), TOLD);

        assertThat(statuses(filter, "192.0.2.1", 200, 3)).containsOnly(200);
    }

    @Test
    void rateIsPositive() {
        assertThatThrownBy(() -> new Rates(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int[] statuses(Filter filter, String address, int answered, int times) {
        return IntStream.range(0, times)
                .map(i -> status(filter, address, answered))
                .toArray();
    }

    private static int status(Filter filter, String address, int answered) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            filter.doFilter(request, response, (in, out) -> ((MockHttpServletResponse) out).setStatus(answered));
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        }
        return response.getStatus();
    }
}
