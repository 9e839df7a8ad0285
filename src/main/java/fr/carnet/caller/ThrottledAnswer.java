package fr.carnet.caller;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How somebody is told that he asks too often (429). */
public interface ThrottledAnswer {

    /**
     * Writes the answer.
     *
     * @throws IOException if the answer cannot be written
     */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
