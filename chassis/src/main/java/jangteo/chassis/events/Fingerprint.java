package jangteo.chassis.events;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import jangteo.chassis.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * 64 bits by which two services tell whether they have the same state of something. The sum of
 * many, modulo 2^64, tells it of all of them, in whatever order they are read.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /** Of a message: the beginning of the SHA-256 of its deterministic form. */
  public static long of(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      return ByteBuffer.wrap(Digest.of(bytes)).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
