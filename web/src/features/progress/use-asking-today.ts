import { useAsking, useWorld, type Asking } from '../../lib/world'

/** What the page asks of today: its kind of evidence; and whether its address asks for another day or an instant, which it does not answer. */
export function useAskingToday(): { evidence: Asking['evidence']; isElsewhere: boolean } {
  const { list } = useWorld()
  const { evidence, asOf, knownOn } = useAsking()
  return { evidence, isElsewhere: asOf !== list.today || knownOn !== undefined }
}
