/** REST as every service of the shop speaks it (design, section 4). */
package jangteo.chassis.web;
