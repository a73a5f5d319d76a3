package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;

/** The forms in which text arrives in an exchange. */
public enum ValueForm {
    STRING {
        @Override
        public Object of(String text, Path folder) {
            return text;
        }
    },
    STRING_BUILDER {
        @SuppressWarnings("UnnecessaryStringBuilder") // a body may be one
        @Override
        public Object of(String text, Path folder) {
            return new StringBuilder(text);
        }
    },
    CHAR_BUFFER {
        @Override
        public Object of(String text, Path folder) {
            return CharBuffer.wrap(text);
        }
    },
    CHARS {
        @Override
        public Object of(String text, Path folder) {
            return text.toCharArray();
        }
    },
    BYTES {
        @Override
        public Object of(String text, Path folder) {
            return text.getBytes(UTF_8);
        }
    },
    BYTE_BUFFER {
        @Override
        public Object of(String text, Path folder) {
            byte[] bytes = text.getBytes(UTF_8);
            return ByteBuffer.allocateDirect(bytes.length + 2)
                    .put((byte) 'x')
                    .put(bytes)
                    .put((byte) 'x')
                    .position(1)
                    .limit(bytes.length + 1);
        }
    },
    BYTE_ARRAY_OUTPUT_STREAM {
        @Override
        public Object of(String text, Path folder) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(text.getBytes(UTF_8));
            return bytes;
        }
    },
    STREAM {
        @Override
        public Object of(String text, Path folder) {
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }
    },
    STREAM_WITHOUT_MARK {
        @Override
        public Object of(String text, Path folder) {
            return new FilterInputStream(new ByteArrayInputStream(text.getBytes(UTF_8))) {
                @Override
                public boolean markSupported() {
                    return false;
                }
            };
        }
    },
    STREAM_CACHE {
        @Override
        public Object of(String text, Path folder) throws IOException {
            InputStreamCache cache = new InputStreamCache(text.getBytes(UTF_8));
            cache.read(); // as if another step had read one byte
            return cache;
        }
    },
    READER {
        @Override
        public Object of(String text, Path folder) {
            return new StringReader(text);
        }
    },
    READER_WITHOUT_MARK {
        @Override
        public Object of(String text, Path folder) {
            return new FilterReader(new BufferedReader(new StringReader(text))) {
                @Override
                public boolean markSupported() {
                    return false;
                }
            };
        }
    },
    READER_CACHE {
        @Override
        public Object of(String text, Path folder) throws IOException {
            ReaderCache cache = new ReaderCache(text);
            cache.read();
            return cache;
        }
    },
    FILE {
        @Override
        public Object of(String text, Path folder) throws IOException {
            return write(text, folder).toFile();
        }
    },
    PATH {
        @Override
        public Object of(String text, Path folder) throws IOException {
            return write(text, folder);
        }
    },
    LOCAL_FILE_BODY {
        @Override
        public Object of(String text, Path folder) throws IOException {
            GenericFile<File> file = new GenericFile<>();
            file.setFile(write(text, folder).toFile());
            return file;
        }
    },
    REMOTE_FILE_BODY {
        @Override
        public Object of(String text, Path folder) {
            GenericFile<String> file = new GenericFile<>();
            file.setFile("remote");
            file.setBinding(new GenericFileDefaultBinding<>());
            file.setBody(text.getBytes(UTF_8));
            return file;
        }
    };

    /** Returns the text in this form. */
    public abstract Object of(String text, Path folder) throws IOException;

    private static Path write(String text, Path folder) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "text", ".txt"), text);
    }

    /** Returns the remaining text of a value, as a step after the push reads it. */
    static String left(Object value, Exchange exchange) throws IOException {
        if (value instanceof char[] text) {
            return new String(text);
        }
        if (value instanceof ByteBuffer bytes) {
            return UTF_8.decode(bytes.duplicate()).toString();
        }
        if (value instanceof InputStream bytes) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
        if (value instanceof Path path) {
            return Files.readString(path);
        }
        return value instanceof CharSequence || value instanceof ByteArrayOutputStream
                ? value.toString()
                : exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
    }
}
