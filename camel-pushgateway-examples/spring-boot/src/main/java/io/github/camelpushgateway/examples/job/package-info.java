/** The same job, whose exit code is 1 if it failed, for a Kubernetes CronJob. */
@NullMarked
package io.github.camelpushgateway.examples.job;

import org.jspecify.annotations.NullMarked;
