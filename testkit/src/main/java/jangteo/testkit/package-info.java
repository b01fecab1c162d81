/** What the tests of every service use: real servers, tokens, an HTTP client. */
@NullMarked
package jangteo.testkit;

import org.jspecify.annotations.NullMarked;
