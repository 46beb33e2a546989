package convoy.zoo.plan.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/** Native objects that are made while a plan is compiled and are kept longer than the plan. */
final class NativeObjects implements AutoCloseable {
  private final List<PointerScope> scopes = new ArrayList<>();

  /** Makes objects that stay until this is closed. */
  <T> T keep(Supplier<T> make) {
    PointerScope scope = new PointerScope();
    try {
      T made = make.get();
      scopes.add(scope.extend());
      return made;
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    scopes.forEach(PointerScope::close);
    scopes.clear();
  }
}
