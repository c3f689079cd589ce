import type { ReactNode } from 'react'
import { Loading } from './empty'
import { Problem } from './problem'

/**
 * What a question was answered, or that the answer is awaited, or what went wrong. What goes wrong when it is asked again
 * stands above the last answer and not in its place: what was typed into it, or is shown this once, stays. `height`: pixels
 * kept free while it is awaited.
 */
export function Answered<Answer>({ query: { data, error, refetch }, height, children }: {
  query: { data: Answer | undefined; error: unknown; refetch: () => unknown }
  height: number
  children: (answer: Answer) => ReactNode
}) {
  const problem = error === null ? null : <Problem error={error} onRetry={() => void refetch()} />
  if (data === undefined) return problem ?? <Loading height={height} />
  return <>{problem}{children(data)}</>
}
