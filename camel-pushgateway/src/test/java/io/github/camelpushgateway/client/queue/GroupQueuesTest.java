package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The order and the coalescing of requests to one group. The test completes the requests itself. */
@SuppressWarnings("FutureReturnValueIgnored") // many tests only check the requests
class GroupQueuesTest {

    private static final GroupingKey GROUP = GroupingKey.of("a");

    private record Sent(PushRequest request, CompletableFuture<PushResponse> response) {

        void ok() {
            response.complete(new PushResponse(200));
        }

        void refused() {
            response.completeExceptionally(FailureMessages.refused(
                    RequestDescription.of(request, GatewayUrl.parse("localhost:9091")), 1, GatewayResponse.of(400)));
        }

        void broken() {
            response.completeExceptionally(FailureMessages.withoutResponse(
                    RequestDescription.of(request, GatewayUrl.parse("localhost:9091")), 3, new IOException("broken")));
        }
    }

    private final ScheduledThreadPoolExecutor noTimer = new ScheduledThreadPoolExecutor(1);
    private final List<Sent> sent = new ArrayList<>();
    private final PushStatistics statistics = new PushStatistics();
    private boolean lacksResponse;
    private GroupQueues queues = queues(true);

    private GroupQueues queues(boolean coalesce) {
        return queues(coalesce, noTimer);
    }

    private GroupQueues queues(boolean coalesce, ScheduledExecutorService timer) {
        return new GroupQueues(
                coalesce,
                new Linger(timer),
                new ContinuationRelay(Runnable::run, noTimer),
                (request, listener, onCallersThread) -> {
                    Sent one = new Sent(request, new CompletableFuture<>());
                    sent.add(one);
                    return new SentRequest(one.response(), () -> lacksResponse);
                });
    }

    /** Without a timer, there is no linger. */
    @BeforeEach
    void stopTimer() {
        noTimer.shutdownNow();
    }

    @Test
    void pendingPushesAreCoalesced() {
        CompletableFuture<PushResponse> first = send(pushadd("x", 1));
        CompletableFuture<PushResponse> second = send(pushadd("x", 2));
        CompletableFuture<PushResponse> third = send(pushadd("y", 3));
        assertThat(sent).hasSize(1);

        sent.get(0).ok();

        assertThat(first).isDone();
        assertThat(sent).hasSize(2);
        assertThat(second).isNotDone();
        assertThat(values(sent.get(1))).isEqualTo(Map.of("x", 2.0, "y", 3.0));
        assertThat(sent.get(1).request().operation()).isEqualTo(PushOperation.PUSHADD);

        sent.get(1).ok();

        assertThat(second).isCompletedWithValue(new PushResponse(200));
        assertThat(third).isCompletedWithValue(new PushResponse(200));
        assertThat(queues.size()).isZero();
    }

    @Test
    void queueLingersForTheCallersOfASharedRequest() {
        // its task stays in the queue
        ScheduledThreadPoolExecutor never = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, 1, TimeUnit.DAYS);
            }
        };
        try {
            queues = queues(true, never);
            send(pushadd("x", 1));
            send(pushadd("x", 2));
            send(pushadd("x", 3));
            sent.get(0).ok();
            assertThat(sent).hasSize(2);
            send(pushadd("x", 4));

            // two pushes have completed, and one is pending
            sent.get(1).ok();
            send(pushadd("x", 5));
            assertThat(sent).hasSize(2);
            send(pushadd("x", 6));

            assertThat(sent).hasSize(3);
            assertThat(values(sent.get(2))).isEqualTo(Map.of("x", 6.0));
            assertThat(never.getQueue()).isNotEmpty();
        } finally {
            never.shutdownNow();
        }
    }

    @Test
    void pendingPushesAreSentAfterTheLinger() {
        List<Runnable> lingers = new ArrayList<>();
        ScheduledThreadPoolExecutor byHand = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                lingers.add(task);
                return super.schedule(() -> {}, 0, unit);
            }
        };
        try {
            queues = queues(true, byHand);
            send(pushadd("x", 1));
            send(pushadd("x", 2));
            send(pushadd("x", 3));
            sent.get(0).ok();
            sent.get(1).ok();
            send(pushadd("x", 4));
            assertThat(sent).hasSize(2);

            lingers.forEach(Runnable::run);
            assertThat(sent).hasSize(3);

            // a superseded linger does not end the current one
            send(pushadd("x", 5));
            lingers.forEach(Runnable::run);
            assertThat(sent).hasSize(3);
            sent.get(2).ok();
            assertThat(sent).hasSize(4);
            sent.get(3).ok();
            assertThat(queues.size()).isZero();
        } finally {
            byHand.shutdownNow();
        }
    }

    @Test
    void closeEndsTheLinger() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, 1, TimeUnit.DAYS);
            }
        };
        try {
            queues = queues(true, timer);
            send(pushadd("x", 1));
            send(pushadd("x", 2));
            send(pushadd("x", 3));
            sent.get(0).ok();
            sent.get(1).ok();
            assertThat(queues.size()).isOne();
        } finally {
            timer.shutdownNow();
        }

        queues.close(request -> fail(request + " is not pending"));

        assertThat(queues.size()).isZero();
    }

    @Test
    void groupsDoNotWaitForEachOther() {
        send(pushadd("x", 1));
        send(new PushRequest(PushOperation.PUSHADD, GroupingKey.of("b"), gauge("x", 2)));

        assertThat(sent).hasSize(2);
    }

    @Test
    void operationsAreCoalesced() {
        assertCoalesced(
                PushOperation.PUSHADD, Map.of("x", 2.0, "y", 3.0), pushadd("x", 1), pushadd("y", 3), pushadd("x", 2));
        assertCoalesced(PushOperation.PUSH, Map.of("x", 1.0, "y", 2.0), push("x", 1), pushadd("y", 2));
        assertCoalesced(PushOperation.PUSH, Map.of("x", 2.0), pushadd("x", 1), push("x", 2));
        assertCoalesced(PushOperation.PUSH, Map.of("y", 2.0), PushRequest.delete(GROUP), pushadd("y", 2));
        assertCoalesced(PushOperation.PUSH, Map.of("y", 2.0), PushRequest.delete(GROUP), push("y", 2));
        assertCoalesced(PushOperation.DELETE, Map.of(), PushRequest.delete(GROUP), empty(PushOperation.PUSH), delete());
        assertCoalesced(PushOperation.PUSHADD, Map.of("x", 1.0, "r", 2.0), pushadd("x", 1), report("r", 2));
        assertCoalesced(PushOperation.PUSH, Map.of("r", 2.0), PushRequest.delete(GROUP), report("r", 2));
    }

    private void assertCoalesced(PushOperation operation, Map<String, Double> values, PushRequest... requests) {
        sent.clear();
        send(pushadd("first", 0));
        List<CompletableFuture<PushResponse>> outcomes =
                Arrays.stream(requests).map(this::send).toList();
        sent.get(0).ok();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).request().operation()).isEqualTo(operation);
        assertThat(values(sent.get(1))).isEqualTo(values);
        sent.get(1).ok();
        assertThat(outcomes).allMatch(CompletableFuture::isDone);
    }

    static Stream<Arguments> conflictingPushes() {
        return Stream.of(
                Arguments.of("a push by a push of other metrics", push("x", 1), push("y", 2)),
                Arguments.of("a pushadd by a push of other metrics", pushadd("x", 1), push("y", 2)),
                Arguments.of("a push by a delete", push("x", 1), delete()),
                Arguments.of("a pushadd by a delete", pushadd("x", 1), delete()),
                Arguments.of("a report by a push", report("x", 1), push("y", 2)),
                Arguments.of("a push by an empty push", push("x", 1), empty(PushOperation.PUSH)),
                Arguments.of("a type", pushadd("x_total", 1), pushadd(counter("x_total", 2))),
                Arguments.of("a label value", pushadd(labelled("x", "1")), pushadd(labelled("x", "2"))),
                Arguments.of("one series of two", pushadd(labelled("x", "1", "2")), pushadd(labelled("x", "2"))),
                Arguments.of("a series without labels", pushadd("x", 1), pushadd(labelled("x", "2"))),
                Arguments.of("a state", pushadd(states("x", "on", "off")), pushadd(states("x", "on"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conflictingPushes")
    void pushThatAGatewayMayRefuseIsNotReplaced(String what, PushRequest first, PushRequest second) {
        send(pushadd("first", 0));
        CompletableFuture<PushResponse> one = send(first);
        CompletableFuture<PushResponse> other = send(second);
        sent.get(0).ok();

        assertThat(sent.get(1).request()).isSameAs(first);
        sent.get(1).refused();
        assertThat(failure(one).getStatusCode()).isEqualTo(400);
        assertThat(sent.get(2).request()).isSameAs(second);
        sent.get(2).ok();
        assertThat(other).isCompletedWithValue(new PushResponse(200));
        assertThat(sent).hasSize(3);
    }

    @Test
    void addedSeriesNeedsNoFurtherRequest() {
        send(pushadd("first", 0));
        List<CompletableFuture<PushResponse>> outcomes = List.of(
                send(pushadd(labelled("x", "1"))),
                send(pushadd(labelled("x", "1", "2"))),
                send(pushadd(labelled("x", "0", "1", "2", "3"))));
        sent.get(0).ok();
        sent.get(1).ok();

        assertThat(outcomes).allMatch(outcome -> outcome.isDone() && !outcome.isCompletedExceptionally());
        assertThat(sent).hasSize(2);
    }

    @Test
    void pushesOfDifferentLabelValuesNeedOneRequestEach() {
        send(pushadd("first", 0));
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            outcomes.add(send(pushadd(labelled("x", String.valueOf(i % 3)))));
        }
        assertThat(queues.pending()).isEqualTo(3);
        respondToAll(0, request -> true);

        assertThat(outcomes).allMatch(outcome -> outcome.isDone() && !outcome.isCompletedExceptionally());
        assertThat(sent).hasSize(4);
        assertThat(sent.get(3).request().snapshots().get(0).getDataPoints())
                .extracting(point -> point.getLabels().get("l"))
                .containsExactly("0");
    }

    /** The second pair of names stands for {@code a.b} and {@code a.b_count}. */
    @ParameterizedTest
    @CsvSource({"x, x_count", "U__a_2e_b, U__a_2e_b__count"})
    void pushesWithSuffixCollisionsKeepTheirOrder(String name, String count) {
        send(pushadd("first", 0));
        List<PushRequest> requests = List.of(
                pushadd(count, 1), pushadd(histogram(name)), pushadd(count, 2), pushadd(count, 3), push("y", 4));
        requests.forEach(this::send);
        respondToAll(0, request -> true);

        assertThat(sent.stream().map(Sent::request).skip(1))
                .containsExactly(requests.get(0), requests.get(1), requests.get(3), requests.get(4));
    }

    @Test
    void singleInvalidRequestFailsAloneWithFewRequests() {
        send(pushadd("first", 0));
        List<CompletableFuture<PushResponse>> good = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            good.add(send(pushadd("x", i)));
        }
        CompletableFuture<PushResponse> bad = send(pushadd("bad", 1));
        for (int i = 500; i < 1_000; i++) {
            good.add(send(pushadd("x", i)));
        }

        sent.get(0).ok();
        respondToAll(
                1,
                request -> request.snapshots().stream()
                        .noneMatch(family -> family.getMetadata().getName().equals("bad")));

        assertThat(good).allMatch(outcome -> !outcome.isCompletedExceptionally() && outcome.isDone());
        assertThat(failure(bad).getStatusCode()).isEqualTo(400);
        assertThat(sent).hasSizeLessThan(10);
        // each push is counted once, although it shared several requests
        assertThat(statistics.pushesCoalesced()).isEqualTo(1_001);
    }

    @Test
    void eachPushOfARefusedRequestHasItsOwnException() {
        send(pushadd("first", 0));
        CompletableFuture<PushResponse> one = send(pushadd("x", 1));
        CompletableFuture<PushResponse> other = send(pushadd("x", 2));
        sent.get(0).ok();
        sent.get(1).refused();

        assertThat(failure(one)).isNotSameAs(failure(other));
        assertThat(failure(one)).hasMessage(failure(other).getMessage());
        assertThat(sent).hasSize(2);
    }

    @Test
    void brokenRequestIsNotSplit() {
        send(pushadd("first", 0));
        CompletableFuture<PushResponse> one = send(push("x", 1));
        CompletableFuture<PushResponse> other = send(pushadd("y", 2));
        sent.get(0).ok();
        sent.get(1).broken();

        assertThat(failure(one).getAttempts()).isEqualTo(3);
        assertThat(failure(one).getOperation()).isEqualTo("push");
        assertThat(failure(other).getOperation()).isEqualTo("pushadd");
        assertThat(failure(other)).hasMessageStartingWith("pushadd of the group");
        assertThat(sent).hasSize(2);
        assertThat(queues.size()).isZero();
    }

    @Test
    void metricWithADifferentTypeIsNotReplaced() {
        send(pushadd("first", 0));
        CompletableFuture<PushResponse> gauge = send(pushadd("x_total", 1));
        CompletableFuture<PushResponse> counter = send(pushadd(counter("x_total", 2)));
        sent.get(0).ok();

        assertThat(sent).hasSize(2);
        sent.get(1).refused();
        assertThat(gauge).isCompletedExceptionally();
        assertThat(sent).hasSize(3);
        sent.get(2).ok();
        assertThat(counter).isCompletedWithValue(new PushResponse(200));
    }

    @Test
    void requestAfterOneWithoutResponseIsSentTwice() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        CompletableFuture<PushResponse> second = send(pushadd("x", 2));
        sent.get(1).ok();

        assertThat(second).isCompletedWithValue(new PushResponse(200));
        assertThat(sent).hasSize(3);
        assertThat(sent.get(2).request()).isSameAs(sent.get(1).request());
        sent.get(2).ok();
        send(pushadd("x", 3));
        sent.get(3).ok();
        assertThat(sent).hasSize(4);
        assertThat(queues.size()).isZero();
    }

    @Test
    void requestWithResponseOnlyToARetryIsSentTwice() {
        lacksResponse = true;
        send(pushadd("x", 1));
        sent.get(0).ok();
        assertThat(sent).hasSize(2);
        // even if the repeated request takes several attempts
        sent.get(1).ok();

        assertThat(sent).hasSize(2);
        assertThat(queues.size()).isZero();
    }

    @Test
    void pendingPushesAreSentWithTheRepeatedRequest() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        send(pushadd("x", 2));
        CompletableFuture<PushResponse> third = send(pushadd("y", 3));
        sent.get(1).ok();

        assertThat(sent).hasSize(3);
        assertThat(values(sent.get(2))).isEqualTo(Map.of("x", 2.0, "y", 3.0));
        sent.get(2).ok();
        assertThat(third).isCompletedWithValue(new PushResponse(200));
        assertThat(sent).hasSize(3);
    }

    @Test
    void pushesWithSeparateOutcomesAreSentAfterTheRepeatedRequest() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        send(pushadd("x", 2));
        CompletableFuture<PushResponse> third = send(delete());
        sent.get(1).ok();
        assertThat(sent).hasSize(3);
        sent.get(2).refused();
        sent.get(3).ok();

        assertThat(third).isCompletedWithValue(new PushResponse(200));
        assertThat(sent.stream().map(one -> one.request().operation()))
                .containsExactly(
                        PushOperation.PUSHADD, PushOperation.PUSHADD, PushOperation.PUSHADD, PushOperation.DELETE);
    }

    @Test
    void repeatedRequestKeepsTheOrderWithoutCoalescing() {
        queues = queues(false);
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        send(pushadd("x", 2));
        send(pushadd("y", 3));
        respondToAll(1, request -> true);

        assertThat(sent.stream().map(GroupQueuesTest::values))
                .containsExactly(Map.of("x", 1.0), Map.of("x", 2.0), Map.of("x", 2.0), Map.of("y", 3.0));
        assertThat(queues.size()).isZero();
    }

    @Test
    void refusedRequestIsNotSentTwiceButTheNextOneIs() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        send(pushadd("bad", 2));
        sent.get(1).refused();
        assertThat(sent).hasSize(2);
        send(pushadd("x", 3));
        sent.get(2).ok();

        assertThat(sent).hasSize(4);
        assertThat(values(sent.get(3))).isEqualTo(Map.of("x", 3.0));
    }

    @Test
    void failureOfRepeatedRequestIsNotReported() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        CompletableFuture<PushResponse> second = send(pushadd("x", 2));
        sent.get(1).ok();
        breakWithoutResponse(2);

        assertThat(second).isCompletedWithValue(new PushResponse(200));
        send(pushadd("x", 3));
        sent.get(3).ok();
        assertThat(values(sent.get(4))).isEqualTo(Map.of("x", 3.0));
    }

    @Test
    void failureBeforeSendingCausesNoRepeatedRequest() {
        send(pushadd("x", 1));
        sent.get(0).broken();
        send(pushadd("x", 2));
        sent.get(1).ok();

        assertThat(sent).hasSize(2);
    }

    @Test
    void requestsToOtherGroupsAreNotRepeated() {
        send(pushadd("x", 1));
        breakWithoutResponse(0);
        send(new PushRequest(PushOperation.PUSHADD, GroupingKey.of("b"), gauge("x", 2)));
        sent.get(1).ok();

        assertThat(sent).hasSize(2);
    }

    @Test
    void numberOfGroupsWithoutResponseIsLimited() {
        GroupsWithoutResponse groups = new GroupsWithoutResponse();
        for (int i = 0; i <= GroupsWithoutResponse.MAX_GROUPS; i++) {
            groups.add(GroupingKey.of("job-" + i));
        }

        assertThat(groups.remove(GroupingKey.of("job-0"))).isFalse();
        assertThat(groups.remove(GroupingKey.of("job-1"))).isTrue();
        assertThat(groups.remove(GroupingKey.of("job-1"))).isFalse();
    }

    private void breakWithoutResponse(int index) {
        lacksResponse = true;
        sent.get(index).broken();
        lacksResponse = false;
    }

    @Test
    void requestsAreSentInOrderWithoutCoalescing() {
        queues = queues(false);
        List<CompletableFuture<PushResponse>> outcomes =
                List.of(send(pushadd("x", 1)), send(pushadd("x", 2)), send(push("x", 3)));

        for (int i = 0; i < 3; i++) {
            assertThat(sent).hasSize(i + 1);
            assertThat(values(sent.get(i))).containsEntry("x", i + 1.0);
            sent.get(i).ok();
            assertThat(outcomes.get(i)).isDone();
        }
        assertThat(queues.size()).isZero();
    }

    @Test
    void closeFailsPendingPushes() {
        CompletableFuture<PushResponse> first = send(pushadd("x", 1));
        CompletableFuture<PushResponse> second = send(pushadd("x", 2));

        queues.close(request -> PushgatewayException.of(request, "was closed", new ClientClosedException()));

        assertThat(failure(second)).hasMessageContaining("closed");
        assertThat(first).isNotDone();
        sent.get(0).ok();
        assertThat(first).isCompletedWithValue(new PushResponse(200));
        assertThat(sent).hasSize(1);
        assertThat(queues.size()).isZero();
    }

    @Test
    void pendingPushesOfOneShapeAreOneInMemory() {
        send(pushadd("first", 0));
        for (int i = 0; i < 10_000; i++) {
            send(pushadd("x", i));
        }

        assertThat(queues.pending()).isEqualTo(1);
    }

    @Test
    void coalescingOneRequestReturnsIt() {
        PushRequest one = pushadd("x", 1);

        assertThat(Coalescer.of(List.of(one))).isSameAs(one);
    }

    @Test
    void requestsThatCannotBeCoalescedAreRejected() {
        assertThatThrownBy(() -> Coalescer.of(List.of(pushadd("rows", 1), pushadd(counter("rows_total", 2)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void respondToAll(int from, Predicate<PushRequest> good) {
        for (int i = from; i < sent.size(); i++) {
            if (good.test(sent.get(i).request())) {
                sent.get(i).ok();
            } else {
                sent.get(i).refused();
            }
        }
    }

    private CompletableFuture<PushResponse> send(PushRequest request) {
        return queues.send(request, new CountedPush(statistics, false)).toCompletableFuture();
    }

    private static PushgatewayException failure(CompletableFuture<PushResponse> outcome) {
        assertThat(outcome).isCompletedExceptionally();
        try {
            outcome.get();
        } catch (ExecutionException | CompletionException e) {
            return Objects.requireNonNull((PushgatewayException) e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError();
    }

    private static Map<String, Double> values(Sent one) {
        Map<String, Double> values = new TreeMap<>();
        one.request()
                .snapshots()
                .forEach(family -> values.put(
                        family.getMetadata().getName(),
                        ((GaugeSnapshot) family).getDataPoints().get(0).getValue()));
        return values;
    }

    private static PushRequest push(String name, double value) {
        return new PushRequest(PushOperation.PUSH, GROUP, gauge(name, value));
    }

    private static PushRequest pushadd(String name, double value) {
        return new PushRequest(PushOperation.PUSHADD, GROUP, gauge(name, value));
    }

    private static PushRequest report(String name, double value) {
        return new PushRequest(PushOperation.REPORT, GROUP, gauge(name, value));
    }

    private static PushRequest pushadd(MetricSnapshots metrics) {
        return new PushRequest(PushOperation.PUSHADD, GROUP, metrics);
    }

    private static PushRequest delete() {
        return PushRequest.delete(GROUP);
    }

    private static PushRequest empty(PushOperation operation) {
        return new PushRequest(operation, GROUP, MetricSnapshots.of());
    }

    private static MetricSnapshots labelled(String name, String... values) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name);
        for (String value : values) {
            family.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("l", value))
                    .value(1)
                    .build());
        }
        return MetricSnapshots.of(family.build());
    }

    private static MetricSnapshots states(String name, String... states) {
        StateSetDataPointSnapshot.Builder point = StateSetDataPointSnapshot.builder();
        for (String state : states) {
            point.state(state, true);
        }
        return MetricSnapshots.of(
                StateSetSnapshot.builder().name(name).dataPoint(point.build()).build());
    }

    private static MetricSnapshots histogram(String name) {
        return MetricSnapshots.of(HistogramSnapshot.builder()
                .name(name)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(List.of(Double.POSITIVE_INFINITY), List.of(1L)))
                        .build())
                .build());
    }

    private static MetricSnapshots gauge(String name, double value) {
        return metric(name, MetricType.GAUGE, value);
    }

    private static MetricSnapshots counter(String name, double value) {
        return metric(name, MetricType.COUNTER, value);
    }

    private static MetricSnapshots metric(String name, MetricType type, double value) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric(name, type, null, value);
        return metrics.build();
    }
}
