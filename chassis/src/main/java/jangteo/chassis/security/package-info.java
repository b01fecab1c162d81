/** The check of access tokens that every service makes again behind the gateway (section 9). */
package jangteo.chassis.security;
