/** The whole shop under test, through the gateway, started by the same launcher that users run. */
package jangteo.e2e;
