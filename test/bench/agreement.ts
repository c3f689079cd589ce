import type { Figures, Question } from './questions.js'

/**
 * Holds the figures of two engines against each other, as far as the question covers the product's.
 * @throws with the first figures that differ: then no time that was measured means anything
 */
export function mustAgree(question: Question, one: { engine: string; figures: Figures }, other: { engine: string; figures: Figures }): number {
  const covered = (figures: Figures) => new Map([...figures].filter(([figure]) => question.covers?.(figure) ?? true))
  const [a, b] = [covered(one.figures), covered(other.figures)]
  const differing = [...new Set([...a.keys(), ...b.keys()])].filter((figure) => a.get(figure) !== b.get(figure))
  if (differing.length > 0) {
    const some = differing.slice(0, 10).map((figure) => `  ${figure}: ${one.engine} ${a.get(figure) ?? 'nothing'}, ${other.engine} ${b.get(figure) ?? 'nothing'}`)
    throw new Error(`"${question.name}": ${differing.length} of ${a.size} figures differ\n${some.join('\n')}`)
  }
  if (a.size === 0 && !question.mayBeEmpty) throw new Error(`"${question.name}": nothing was answered, so nothing was compared`)
  return a.size
}
