import type { Database } from '@lastmile/db/database'
import { notify, settleBulletin } from '@lastmile/db/load/notify'
import { isPreviewTold, type BulletinRow } from '@lastmile/db/query/bulletins'
import type { BulletinFigures } from '@lastmile/shared/bulletin'
import type { Instant } from '@lastmile/shared/day'
import type { Address, MessageKind } from '@lastmile/shared/message'
import type { Purview } from '@lastmile/shared/purview'

type Named = Pick<BulletinRow, 'code' | 'asOf' | 'region'> & { figures: BulletinFigures }

/** Which lines of a bulletin are whose: of a company those of its drugs, of a unit its own in a bulletin of the whole. */
export function linesOf({ figures, region }: Pick<Named, 'figures' | 'region'>, purview: Purview): string[] {
  if (purview.of === 'company') return figures.drugs.filter(({ company }) => company === purview.company).map(({ drug }) => `drug:${drug}`)
  if (purview.of !== 'unit' || region !== null) return []
  return figures.places.filter((one) => one.region === purview.unit).map((one) => `place:${one.region}`)
}

/** Whose a line is; null where it is nobody's, or there is no such line. */
function ownerOf({ figures, region }: Pick<Named, 'figures' | 'region'>, line: string): Address | null {
  const drug = figures.drugs.find((one) => line === `drug:${one.drug}`)
  if (drug) return { role: 'company', company: drug.company }
  const place = region === null ? figures.places.find((one) => line === `place:${one.region}`) : undefined
  return place ? { role: 'province_officer', unit: place.region } : null
}

/** Everybody whom a bulletin names. */
function namedIn({ figures, region }: Pick<Named, 'figures' | 'region'>): Address[] {
  const companies = [...new Set(figures.drugs.map(({ company }) => company))].map((company): Address => ({ role: 'company', company }))
  return [...companies, ...(region === null ? figures.places.map((one): Address => ({ role: 'province_officer', unit: one.region })) : [])]
}

/** Who keeps a bulletin: the regulator's operators, or the officers of its unit. */
function keepersOf({ region }: Pick<Named, 'region'>): Address[] {
  return [region === null ? { role: 'operator' } : { role: 'province_officer', unit: region }]
}

const told = (listId: number, { code, asOf }: Named, kind: MessageKind, to: Address[], { by, at, again }: { by: string | null; at: Instant; again?: string }) => (
  { kind, listId, sourceId: null, subject: { bulletin: code, asOf }, to, by, key: again === undefined ? code : `${code} ${again}`, at }
)

/** Those named can see their lines from now on. Told once of each embargo, of which there may be several to the same instant. Under the lock of the bulletin. */
export async function tellPreview(tx: Database, listId: number, row: Named & { publishAt: Instant }, at: Instant): Promise<void> {
  if (await isPreviewTold(tx, listId, row.code)) return
  await notify(tx, [told(listId, row, 'bulletin_preview', namedIn(row), { by: null, at, again: `${row.publishAt} ${at}` })])
}

/** Another took its place: nothing is answered of it any more. */
export async function settleReplaced(tx: Database, listId: number, { code }: Named, at: Instant): Promise<void> {
  await settleBulletin(tx, { listId, kinds: ['bulletin_commented'], bulletin: code, at })
}

/** Everybody can read it: nothing is to be done about its lines any more. */
export async function tellPublished(tx: Database, listId: number, row: Named, at: Instant): Promise<void> {
  await settleBulletin(tx, { listId, kinds: ['bulletin_preview'], bulletin: row.code, at })
  await notify(tx, [told(listId, row, 'bulletin_published', namedIn(row), { by: null, at })])
}

/** It does not hold any more (`withdrawn`), is not published then (`held`), or another took its place before it was (`replaced`): nothing is to be done about it, by its keepers neither. */
export async function tellEnded(tx: Database, list: { id: number }, row: Named, { how, by, at }: { how: 'withdrawn' | 'held' | 'replaced'; by: string; at: Instant }): Promise<void> {
  await settleBulletin(tx, { listId: list.id, kinds: ['bulletin_preview', 'bulletin_commented'], bulletin: row.code, at })
  await notify(tx, [told(list.id, row, `bulletin_${how}`, namedIn(row), { by, at, again: at })])
}

/** Somebody said something of a line: its keepers are told; an answer, those whose line it is. What nobody waits for any more (`isAnswered`: every line) is done. */
export async function tellCommented(tx: Database, list: { id: number }, row: Named, { line, isAnswer, isAnswered, by, at }: { line: string; isAnswer: boolean; isAnswered: boolean; by: string; at: Instant }): Promise<void> {
  if (isAnswered) await settleBulletin(tx, { listId: list.id, kinds: ['bulletin_commented'], bulletin: row.code, at })
  const owner = ownerOf(row, line)
  const to = isAnswer ? (owner ? [owner] : []) : keepersOf(row)
  await notify(tx, [told(list.id, row, isAnswer ? 'bulletin_answered' : 'bulletin_commented', to, { by, at, again: `${line} ${at}` })])
}
