package fr.carnet.directory.insi;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The bytes of an answer, up to a limit: more of them is an error, and is not read. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final long most;
    private long seen;
    private Subscription subscription;

    private LimitedBody(long most) {
        this.most = most;
    }

    static BodyHandler<byte[]> of(long most) {
        return info -> new LimitedBody(most);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        this.subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (seen > most) {
            subscription.cancel();
            bytes.onError(new TooLong());
        } else {
            bytes.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable error) {
        bytes.onError(error);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }

    /** More bytes than an answer can have. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
