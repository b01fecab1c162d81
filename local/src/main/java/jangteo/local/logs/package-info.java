/** What the parts of the shop have logged, read across all of them. */
@org.jspecify.annotations.NullMarked
package jangteo.local.logs;
