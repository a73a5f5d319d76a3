package io.github.camelpushgateway;

import org.apache.camel.spi.Metadata;

/** The headers of the component. A header wins over the option of the same meaning. */
public final class PushgatewayConstants {

    @Metadata(
            label = "producer",
            description = "The operation, instead of the endpoint's: push, pushadd, delete, report, groups or status.",
            javaType = "String",
            enums = "push,pushadd,delete,report,groups,status")
    public static final String OPERATION = "CamelPushgatewayOperation";

    @Metadata(
            label = "common",
            description = "The job, instead of the endpoint's; the consumer sets it to that of the group.",
            javaType = "String")
    public static final String JOB = "CamelPushgatewayJob";

    @Metadata(
            label = "common",
            description =
                    "The further labels of the group, as a Map or as text of the form k=v,k=v. They replace all that"
                            + " the endpoint says of the grouping key by groupingKey and instanceIp. The consumer sets them to"
                            + " those of the group, a Map.",
            javaType = "Object")
    public static final String GROUPING_KEY = "CamelPushgatewayGroupingKey";

    @Metadata(label = "producer", description = "The name of the one metric to send.", javaType = "String")
    public static final String METRIC_NAME = "CamelPushgatewayMetricName";

    @Metadata(
            label = "producer",
            description =
                    "The value of the one metric to send: a number, a numeric text, a boolean, a duration (seconds), a"
                            + " point in time (unix seconds), or the text now.",
            javaType = "Object")
    public static final String METRIC_VALUE = "CamelPushgatewayMetricValue";

    @Metadata(
            label = "producer",
            description = "The type of the one metric to send: gauge, counter or untyped.",
            javaType = "String",
            enums = "gauge,counter,untyped")
    public static final String METRIC_TYPE = "CamelPushgatewayMetricType";

    @Metadata(label = "producer", description = "The help text of the one metric to send.", javaType = "String")
    public static final String METRIC_HELP = "CamelPushgatewayMetricHelp";

    @Metadata(
            label = "producer",
            description =
                    "Labels of the samples built from options, headers, numbers and maps, as a Map or as text of the"
                            + " form k=v,k=v. Each wins over the option labels of the same name.",
            javaType = "Object")
    public static final String LABELS = "CamelPushgatewayLabels";

    @Metadata(
            label = "producer",
            description = "After a success: the HTTP status of the gateway's answer, such as 200 or 202.",
            javaType = "Integer")
    public static final String RESPONSE_CODE = "CamelPushgatewayResponseCode";

    /** What the names of all headers begin with. */
    static final String PREFIX = "CamelPushgateway";

    private PushgatewayConstants() {}
}
