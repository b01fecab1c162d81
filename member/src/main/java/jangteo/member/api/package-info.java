/** Member's REST calls, and the gateway's question whether a token still works. */
package jangteo.member.api;
