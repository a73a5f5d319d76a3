package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.HeaderMaps;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.accumulate.Accumulator;
import io.github.camelpushgateway.client.accumulate.GroupAccess;
import io.github.camelpushgateway.client.accumulate.ObservedSending;
import io.github.camelpushgateway.client.accumulate.TotalsRegistry;
import io.github.camelpushgateway.client.accumulate.Writers;
import io.github.camelpushgateway.client.encoding.Payload;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.RequestSource;
import io.github.camelpushgateway.client.http.Sending;
import io.github.camelpushgateway.client.query.GroupReader;
import io.github.camelpushgateway.client.query.StatusReader;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.client.queue.GroupQueues;
import io.github.camelpushgateway.metrics.LabelRules;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes the requests that the queues of a client send. */
final class PushSender implements GroupQueues.Sender {

    /** The senders of all open clients of this JVM. */
    private static final Map<PushSender, String> OPEN = new WeakHashMap<>();

    /**
     * The totals of all clients of this JVM, or null as long as no request has added to metrics or deleted a group. They
     * are shared because two clients that add to one metric would otherwise overwrite the totals of each other.
     */
    @Nullable
    private static volatile TotalsRegistry registry;

    private final ClientSettings settings;
    private final RequestExecutor executor;
    private final GroupUrls groupUrls;
    private final PayloadEncoder encoder;
    private final Map<String, String> pushHeaders;
    private final Map<String, String> compressedPushHeaders;

    /** The check that the gateway allows UTF-8 names, or null if no such names are sent. */
    @Nullable
    private final Utf8Check utf8;

    /** The queues, once the client is open. */
    @Nullable
    private volatile GroupQueues queues;

    /** The accumulator, once a request has added to metrics. */
    @Nullable
    private Accumulator accumulator;

    private boolean closed;

    PushSender(ClientSettings settings, RequestExecutor executor) {
        this.settings = settings;
        this.executor = executor;
        groupUrls = new GroupUrls(settings.url());
        encoder = new PayloadEncoder(settings.format(), settings.compression(), settings.utf8Names());
        utf8 = settings.utf8Names() ? new Utf8Check(settings.format() == Format.PROTOBUF, this::readStatus) : null;
        pushHeaders = withHeader(ClientSettings.HEADERS, "Content-Type", encoder.contentType());
        compressedPushHeaders = withHeader(pushHeaders, "Content-Encoding", encoder.contentEncoding());
    }

    private static Map<String, String> withHeader(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return HeaderMaps.copy(all);
    }

    /** Opens the client. Its requests in flight are those of the queues. */
    void open(GroupQueues sending) {
        queues = sending;
        synchronized (OPEN) {
            OPEN.put(this, settings.url().identity());
        }
    }

    private Utf8Check.StatusRead readStatus() {
        GatewayReader.Reading<Map<String, Object>> reading =
                new GatewayReader(settings, executor).read("status", "/api/v1/status", new StatusReader());
        return new Utf8Check.StatusRead(reading.execution(), reading.value().toCompletableFuture());
    }

    /** Returns the check that the gateway allows UTF-8 names, or null if no such names are sent. */
    @Nullable
    Utf8Check utf8() {
        return utf8;
    }

    /** Returns the description of a push. */
    RequestDescription describe(PushRequest request) {
        RequestDescription description = RequestDescription.of(request, settings.url());
        return utf8 != null && (Utf8Names.areIn(request.groupingKey()) || Utf8Names.areInBody(request))
                ? description.withUtf8Names()
                : description;
    }

    @Override
    public Sending send(PushRequest request, RequestListener listener, boolean onCallersThread) {
        Utf8Check check = utf8;
        return check != null && check.isNeeded(request)
                ? check.before(describe(request), () -> sendChecked(request, listener, false))
                : sendChecked(request, listener, onCallersThread);
    }

    private Sending sendChecked(PushRequest request, RequestListener listener, boolean onCallersThread) {
        TotalsRegistry known = request.operation() == PushOperation.DELETE ? registry() : registry;
        TotalsRegistry.Hold hold = known == null ? null : known.holdIfKnown(settings.url(), request);
        if (hold == null) {
            return start(new EncodedPush(request, false), listener, onCallersThread);
        }
        ObservedSending observed = new ObservedSending(hold, request, settings.access(), this);
        try {
            return observed.start(start(new EncodedPush(request, true), listener, onCallersThread));
        } catch (Throwable e) { // including errors
            observed.cancel();
            throw e;
        }
    }

    @Override
    public Sending accumulate(
            PushRequest request, List<CountedPush> pushes, RequestListener listener, boolean onCallersThread) {
        Set<PushIdentity> identities = new HashSet<>();
        PushIdentity redelivered = null;
        for (CountedPush push : pushes) {
            PushIdentity identity = push.identity();
            if (identity != null) {
                identities.add(identity);
                redelivered = push.isSeparate() && pushes.size() == 1 ? identity : null;
            }
        }
        PushIdentity earlier = redelivered;
        Utf8Check check = utf8;
        return check != null && check.isNeeded(request)
                ? check.before(
                        describe(request), () -> accumulator().start(request, identities, earlier, listener, false))
                : accumulator().start(request, identities, earlier, listener, onCallersThread);
    }

    private RequestExecution start(EncodedPush source, RequestListener listener, boolean onCallersThread) {
        return executor.start(describe(source.push), listener, source, onCallersThread);
    }

    /** Returns the source of the HTTP request of a push. */
    RequestSource source(PushRequest request) {
        return new EncodedPush(request, true);
    }

    /** The HTTP request of a push. */
    private final class EncodedPush implements RequestSource {

        private final PushRequest push;
        private final boolean isObserved;

        /** @param isObserved whether totals of the group are informed of the request */
        EncodedPush(PushRequest push, boolean isObserved) {
            this.push = push;
            this.isObserved = isObserved;
        }

        @Override
        public GatewayRequest create() {
            return encode(push);
        }

        /** An accumulation must not start with the values before the push. */
        @Override
        public void accepted() {
            if (!isObserved) {
                registry().accepted(settings.url(), push, settings.access(), PushSender.this);
            }
        }
    }

    private GatewayRequest encode(PushRequest request) {
        String method = request.operation().method();
        URI url = groupUrls.of(request.groupingKey());
        if (request.operation() == PushOperation.DELETE) {
            return settings.request(method, url);
        }
        Payload payload = encoder.encode(request.snapshots(), request.increments());
        Map<String, String> headers = payload.isCompressed() ? compressedPushHeaders : pushHeaders;
        return new GatewayRequest(url, method, settings.requestTimeout(), headers, payload.bytes());
    }

    /** Records a request that deletes all groups, from its start to its end. */
    CompletionStage<PushResponse> observeWipe(Supplier<CompletionStage<PushResponse>> wipe) {
        TotalsRegistry known = registry();
        List<ObservedSending> observed = new ArrayList<>();
        for (TotalsRegistry.Hold hold : known.holdAll(settings.url())) {
            observed.add(new ObservedSending(hold, PushRequest.delete(hold.group()), settings.access(), this));
        }
        try {
            return Futures.after(wipe.get(), (response, failure) -> {
                observed.forEach(each -> each.end(response));
                if (failure == null) {
                    known.wiped(settings.url());
                }
            });
        } catch (Throwable e) { // including errors
            observed.forEach(ObservedSending::cancel);
            throw e;
        }
    }

    private static TotalsRegistry registry() {
        TotalsRegistry known = registry;
        if (known != null) {
            return known;
        }
        synchronized (OPEN) {
            known = registry;
            if (known == null) {
                known = new TotalsRegistry(PushSender::writers);
                registry = known;
            }
            return known;
        }
    }

    private static Collection<Writers.Writer> writers(GatewayUrl gateway, GroupingKey group) {
        List<PushSender> others = new ArrayList<>();
        synchronized (OPEN) {
            OPEN.forEach((sender, identity) -> {
                if (identity.equals(gateway.identity())) {
                    others.add(sender);
                }
            });
        }
        List<Writers.Writer> busy = new ArrayList<>();
        for (PushSender sender : others) {
            if (sender.isBusy(group)) {
                busy.add((anyGroup, except) -> sender != except && sender.isBusy(anyGroup));
            }
        }
        return busy;
    }

    private boolean isBusy(GroupingKey group) {
        GroupQueues sending = queues;
        return sending != null && sending.isBusy(group);
    }

    private synchronized Accumulator accumulator() {
        Accumulator known = accumulator;
        if (known == null) {
            known = new Access().accumulator(registry());
            accumulator = known;
            if (closed) {
                known.close();
            }
        }
        return known;
    }

    private synchronized @Nullable Accumulator close(boolean isClosed) {
        closed = isClosed;
        return accumulator;
    }

    /** Fails the accumulations that wait for those of other clients, and releases the totals. */
    void close() {
        synchronized (OPEN) {
            OPEN.remove(this);
        }
        Accumulator known = close(true);
        if (known != null) {
            known.close();
        }
    }

    /** The requests of the accumulator. */
    private final class Access implements GroupAccess {

        private final GatewayReader reader = new GatewayReader(settings, executor);
        private final Object access = settings.access();

        /** Not a method of the outer class, since its verification would load the classes of the accumulator. */
        Accumulator accumulator(TotalsRegistry totals) {
            return new Accumulator(this, settings.accumulateRefresh(), totals);
        }

        @Override
        public GatewayUrl url() {
            return settings.url();
        }

        @Override
        public Object access() {
            return access;
        }

        @Override
        public Object client() {
            return PushSender.this;
        }

        @Override
        public Read read(GroupingKey key) {
            GatewayReader.Reading<List<GatewayGroup>> reading = reader.readGroups(new GroupReader<>(
                    settings.url(),
                    false,
                    group -> isGroup(group, key) ? Optional.of(asInRequests(group)) : Optional.empty(),
                    labels -> mayBeOf(labels, key)));
            return new Read(reading.execution(), reading.value().toCompletableFuture());
        }

        private static boolean isGroup(GatewayGroup group, GroupingKey key) {
            return group.job().equals(key.job()) && group.groupingKey().equals(key.labels());
        }

        /** Returns whether a sample with these labels may be of the group. An empty label may be absent. */
        private static boolean mayBeOf(Map<String, String> labels, GroupingKey key) {
            Map<String, String> known = new HashMap<>();
            labels.forEach((name, value) -> known.put(LabelRules.pushApiName(name), value));
            return key.job().equals(labels.get(GatewayGroup.JOB))
                    && key.labels().entrySet().stream()
                            .allMatch(label -> label.getValue().equals(known.getOrDefault(label.getKey(), "")));
        }

        private GatewayGroup asInRequests(GatewayGroup group) {
            return settings.utf8Names() ? Utf8Names.asInRequests(group) : group;
        }

        @Override
        public RequestExecution write(PushRequest request, RequestListener listener, boolean onCallersThread) {
            return start(new EncodedPush(request, true), listener, onCallersThread);
        }

        @Override
        public RequestDescription describe(PushRequest request) {
            return PushSender.this.describe(request);
        }

        @Override
        public PushgatewayException closed(PushRequest request) {
            return FailureMessages.withoutResponse(describe(request), 0, new ClientClosedException());
        }

        @Override
        public boolean hasCustomHandler() {
            return executor.hasCustomHandler();
        }
    }
}
