import { clean, fold } from './cell.js'

/** Looks a word up in the lists of a profile (`{ in_stock: ['有货', …] }`), without regard to ASCII case and nothing looser. */
export function wordIndex<Value extends string>(words: Partial<Record<Value, readonly string[] | undefined>>): (word: string) => Value | null {
  const known = new Map<string, Value>()
  for (const value of Object.keys(words) as Value[]) {
    for (const word of words[value] ?? []) known.set(fold(clean(word).text), value)
  }
  return (word) => known.get(fold(word)) ?? null
}
