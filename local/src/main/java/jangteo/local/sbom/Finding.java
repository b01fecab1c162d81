package jangteo.local.sbom;

/**
 * A flaw that is known of a part of the shop.
 *
 * @param packageUrl of the package that has it
 * @param id such as {@code CVE-2021-44228} or {@code GHSA-jfh8-c2jp-5v3q}
 */
public record Finding(String packageUrl, String id) {}
