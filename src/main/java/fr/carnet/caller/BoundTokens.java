package fr.carnet.caller;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a token that is bound to a key of somebody else, or that comes without the proof that it is bound to. */
final class BoundTokens extends OncePerRequestFilter {

    private final DoorAnswers answers;

    BoundTokens(DoorAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication caller
                && !caller.binding().holds(request, caller.isPossessionProved())) {
            SecurityContextHolder.clearContext();
            answers.refuse(request, response, new DoorRefusal(DoorError.TOKEN_BINDING));
            return;
        }
        next.doFilter(request, response);
    }
}
