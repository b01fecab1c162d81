package jangteo.item.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A category of products with all below it. Where it stands is its path, such as {@code
 * electronics/audio}: a product's category is the path of one.
 *
 * @param name the last part of the path
 * @param products how many products are in it
 * @param total how many are in it and below it
 * @param children those right below it, by name
 */
public record Category(
    String name, String path, long products, long total, List<Category> children) {

  /** How many parts a path may have. */
  public static final int DEEPEST = 5;

  public Category {
    children = List.copyOf(children);
  }

  /** The parts of a path; some are empty when it is no path. */
  public static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).map(String::strip).toList();
  }

  /** The path of these parts. */
  public static String path(List<String> parts) {
    return String.join("/", parts);
  }

  /**
   * The categories that have none above them, by name.
   *
   * @param products how many are in which, by path
   */
  public static List<Category> tree(Map<String, Long> products) {
    Node root = new Node();
    products.forEach((path, count) -> root.at(parts(path)).products += count);
    return root.categories("");
  }

  /** A category while its children are found. */
  private static final class Node {

    private final SortedMap<String, Node> children = new TreeMap<>();
    private long products;

    Node at(List<String> parts) {
      Node node = this;
      for (String part : parts) {
        node = node.children.computeIfAbsent(part, name -> new Node());
      }
      return node;
    }

    List<Category> categories(String above) {
      List<Category> categories = new ArrayList<>();
      children.forEach((name, node) -> categories.add(node.category(name, above + name)));
      return categories;
    }

    private Category category(String name, String path) {
      List<Category> below = categories(path + "/");
      long total = products + below.stream().mapToLong(Category::total).sum();
      return new Category(name, path, products, total, below);
    }
  }
}
