/**
 * TLS from PEM files. In: the files of the trusted authorities, of the client certificate and of its key. Out: an {@code SSLContext} that
 * uses the new content of files that have changed. This package does not know Camel. Only TLS with PEM files loads its classes.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.pem.PemContext}. Files are read on the thread that opens a
 * connection.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.pem;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
