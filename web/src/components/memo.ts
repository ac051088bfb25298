import { Component, h, type ComponentType, type FunctionComponent } from 'preact';

/** Draws the component again only when one of its properties is another value (===). */
export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const now = this.props as Record<string, unknown>;
      return Object.entries(next).some(([key, value]) => now[key] !== value);
    }

    override render() {
      return h(inner, this.props as P);
    }
  };
}
