package io.github.camelpushgateway.client;

/** What is attempted, as messages tell it. */
record Attempted(String operation, String group, GatewayUrl url) {

    @Override
    public String toString() {
        return operation + (group.isEmpty() ? " at " : " of the group " + group + " to ") + url;
    }

    static Attempted of(PushRequest request, GatewayUrl url) {
        return new Attempted(
                request.operation().toString(), request.groupingKey().toString(), url);
    }
}
