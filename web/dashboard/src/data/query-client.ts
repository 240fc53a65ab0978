import { QueryClient } from '@tanstack/react-query';
import { Failure } from '../../../client/failure.js';

/** A refusal is final; a hiccup is tried again twice. */
const retry = (count: number, error: Error): boolean =>
  count < 2 && (!(error instanceof Failure) || error.retryable);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 5_000, refetchOnWindowFocus: true, networkMode: 'always' } },
});
