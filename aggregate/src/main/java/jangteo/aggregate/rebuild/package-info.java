/** Making the read model anew from the topics, beside the live one. */
package jangteo.aggregate.rebuild;
