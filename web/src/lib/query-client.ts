import { QueryClient } from '@tanstack/react-query'
import { mayRetry } from './problem'

/** One client for the whole page. Answers stay good until an event says otherwise (`live.ts`), or a minute where the line is lost. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, gcTime: 10 * 60_000, refetchOnWindowFocus: true, retry: (count, error) => count < 2 && mayRetry(error) } },
  })
}
