const todo = new WeakMap();

/** Runs `action` when the test is over, passed or failed; the last one given first. */
export function atEnd(t, action) {
  if (!todo.has(t)) {
    const actions = [];
    todo.set(t, actions);
    t.after(async () => {
      let failure;
      for (const each of actions.reverse()) {
        try {
          await each();
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure) throw failure;
    });
  }
  todo.get(t).push(action);
}
