import type { NewMessage } from '@lastmile/db/load/notify'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Candidacy } from '@lastmile/shared/candidacy'
import type { StageSpeaker } from '@lastmile/shared/drug-stage'
import type { Doing } from '../cases/doing.js'

/** What the company of a drug is told of it: that the regulator stated stages, said them otherwise, or took them back. Which drug that is not listed it was, the page says: a message holds codes of the list alone. */
export function candidacyMessages(list: ListRow, by: StageSpeaker, { by: who, at }: Doing, before: Candidacy | null, after: Candidacy): NewMessage[] {
  const { company, drug, edition, code, version } = after
  if (company === null || by === 'company' || JSON.stringify(before?.facts ?? []) === JSON.stringify(after.facts)) return []
  return [{ kind: 'candidacy_stated', listId: list.id, sourceId: null, by: who.actor, at, key: `${code} ${version}`, subject: { edition, ...(drug === null ? {} : { drugs: [drug] }) }, to: [{ role: 'company', company }] }]
}
