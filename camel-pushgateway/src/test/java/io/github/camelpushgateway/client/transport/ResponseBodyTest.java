package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {

    @Test
    void tooLargeResponseFailsWithAdvice() {
        ResponseBody body = new ResponseBody(new ByteArrayInputStream(new byte[3 << 20]), 2 << 20);

        assertThatThrownBy(body::skipAll)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContainingAll("larger than 2 MiB", "delete groups");
    }
}
