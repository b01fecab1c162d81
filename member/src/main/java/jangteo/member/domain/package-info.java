/** Members and what holds for them: no framework, no store. */
package jangteo.member.domain;
