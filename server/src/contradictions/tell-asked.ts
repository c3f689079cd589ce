import type { Database } from '@lastmile/db/database'
import { notify } from '@lastmile/db/load/notify'
import type { AskablePair } from '@lastmile/db/query/askable-pairs'
import { sourcesOf } from '@lastmile/db/query/contradictions'
import type { ListRow } from '@lastmile/db/query/lists'
import type { ContradictionSet } from '@lastmile/shared/contradiction'
import type { Day, Instant } from '@lastmile/shared/day'
import { officeOf } from '@lastmile/shared/message-office'

/** Tells the people of each source, in the transaction that asks it, that they are asked: once, of however many pairs. */
export async function tellAsked(tx: Database, list: ListRow, asked: readonly AskablePair[], { set, until, by, at }: { set: ContradictionSet; until: Day; by: string; at: Instant }): Promise<void> {
  const pairsOf = new Map<number, AskablePair[]>()
  for (const one of asked) pairsOf.set(one.ids!.source, [...pairsOf.get(one.ids!.source) ?? [], one])
  await notify(tx, (await sourcesOf(tx, list)).filter(({ id }) => pairsOf.has(id)).map(({ id, data }) => {
    const [first, ...more] = pairsOf.get(id)!
    const only = more.length === 0 ? { drug: first!.drug, institution: first!.institution } : {}
    return { kind: 'confirmation_asked' as const, listId: list.id, sourceId: id, subject: { set, asOf: list.today, dueOn: until, ...only }, to: officeOf(data), by, key: `${data.code} ${set} ${at}`, at }
  }))
}
