/** Records that a consumer could not handle, and giving them to it again. */
package jangteo.aggregate.deadletters;
