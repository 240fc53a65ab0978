import { Component, Suspense, type ReactNode } from 'react';

interface PartProps {
  /** Shown while it is loaded. */
  readonly loading?: ReactNode;
  /** Shown where it cannot be loaded, or breaks; nothing for what nobody misses. */
  readonly failed?: (error: unknown) => ReactNode;
  readonly children: ReactNode;
}

/** A part of the page with code of its own: where that is missing, the rest of the page goes on. */
export class Part extends Component<PartProps, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { loading, failed, children } = this.props;
    if ('error' in this.state) return failed?.(this.state.error) ?? null;
    return <Suspense fallback={loading}>{children}</Suspense>;
  }
}
