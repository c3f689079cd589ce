import { hashKey, type QueryKey } from '@tanstack/react-query'

/**
 * What may stand while a question is answered (`placeholderData`): an earlier page of the same question. What another question
 * was answered would stand under the name of this one. What is asked is the part of a key that is an object.
 */
export function pageBefore(key: QueryKey) {
  const asked = withoutPage(key)
  return <Answer>(previous: Answer | undefined, of: { queryKey: QueryKey } | undefined): Answer | undefined => (of !== undefined && withoutPage(of.queryKey) === asked ? previous : undefined)
}

function withoutPage(key: QueryKey): string {
  return hashKey(key.map((part: unknown) => (typeof part === 'object' && part !== null ? { ...part, offset: undefined, limit: undefined } : part)))
}
