/** The local launcher: every part of the shop as a real process, without a cluster. */
package jangteo.local;
