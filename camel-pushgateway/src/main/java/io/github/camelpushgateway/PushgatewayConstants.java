package io.github.camelpushgateway;

import org.apache.camel.spi.Metadata;

/** The headers of the component. A header, except {@link #RESPONSE_CODE}, overrides the option of the same meaning. */
public final class PushgatewayConstants {

    @Metadata(
            label = "producer",
            description =
                    "The operation: push, pushadd, accumulate, delete, report, groups or status. It overrides the operation of"
                            + " the endpoint.",
            javaType = "String",
            enums = "push,pushadd,accumulate,delete,report,groups,status")
    public static final String OPERATION = "CamelPushgatewayOperation";

    @Metadata(
            label = "common",
            description =
                    "The job. It overrides the job of the endpoint. With operation=groups, it is a glob. The consumer sets it"
                            + " to the job of the group.",
            javaType = "String")
    public static final String JOB = "CamelPushgatewayJob";

    @Metadata(
            label = "common",
            description = "The labels of the group in addition to job, as a Map or as text in the form k=v,k=v. They"
                    + " replace all labels from the options groupingKey and instanceIp of the endpoint. With"
                    + " operation=groups, each value is a glob. The consumer sets the header to a Map of the labels of the"
                    + " group.",
            javaType = "Object")
    public static final String GROUPING_KEY = "CamelPushgatewayGroupingKey";

    @Metadata(
            label = "producer",
            description = "The name of the metric, for a push of a single value.",
            javaType = "String")
    public static final String METRIC_NAME = "CamelPushgatewayMetricName";

    @Metadata(
            label = "producer",
            description = "The value of the metric whose name is set: a number, numeric text, a boolean, a duration"
                    + " (seconds), a point in time (Unix seconds) or the text 'now'.",
            javaType = "Object")
    public static final String METRIC_VALUE = "CamelPushgatewayMetricValue";

    @Metadata(
            label = "producer",
            description = "The type of the metric whose name is set: gauge, counter or untyped.",
            javaType = "String",
            enums = "gauge,counter,untyped")
    public static final String METRIC_TYPE = "CamelPushgatewayMetricType";

    @Metadata(label = "producer", description = "The help text of the metric whose name is set.", javaType = "String")
    public static final String METRIC_HELP = "CamelPushgatewayMetricHelp";

    @Metadata(
            label = "producer",
            description =
                    "The labels of the samples that the component builds from options, headers, numbers and maps, as a"
                            + " Map or as text in the form k=v,k=v. Each label overrides the label of the same name in the option"
                            + " labels.",
            javaType = "Object")
    public static final String LABELS = "CamelPushgatewayLabels";

    @Metadata(
            label = "producer",
            description =
                    "The HTTP status code of the response of the gateway, such as 200 or 202. The producer sets it"
                            + " after a success.",
            javaType = "Integer")
    public static final String RESPONSE_CODE = "CamelPushgatewayResponseCode";

    /** The prefix of all header names. */
    static final String PREFIX = "CamelPushgateway";

    private PushgatewayConstants() {}
}
