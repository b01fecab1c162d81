/**
 * What every service needs and none owns: start-up, lifecycle, configuration. Nothing of the
 * domain.
 */
package jangteo.chassis;
