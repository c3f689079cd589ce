import { EditionsFile, NewCandidacy } from '@lastmile/shared/candidacy'
import { StageSaid } from '@lastmile/shared/drug-stage'
import { beginCandidacy } from '@lastmile/db/query/keep-candidacy'
import { byItself, eventBy } from '@lastmile/server/audit/event-of'
import type { z } from 'zod'
import type { World } from './given.js'

/*
 * Editions of the small country: the first, in which alpha (of acme) is in force until the end of 2027 and gamma (of bestco) until
 * 2026-09-30, the second, whose result is awaited, and a basic list.
 */

const inBoth = (text: string) => ({ zh: `${text}（中）`, en: text })
const rules = { withinYears: 5, countedTo: null, orRareDisease: true, coverProof: true, source: inBoth('the conditions') }
const edition = (code: string, own: object = {}) => ({
  code, kind: 'commercial', name: inBoth(`Edition ${code}`), list: null, document: null, publishedOn: null, inForce: null, validTo: null, expected: null,
  told: ['applied', 'formal_review', 'expert_evaluation', 'price_consultation', 'listed', 'in_force'], steps: [], funnel: [], rules, remind: null, note: null, ...own,
})

/** `editions.json` as a test states it; `candidacies` replaces the usual ones, `papers` are documents beside the notice, by name and day, and `ofFirst` is the list whose drugs the first edition has. */
export function listings({ candidacies, remind = null, papers = {}, ofFirst = null }: { candidacies?: z.input<typeof EditionsFile>['candidacies']; remind?: { before: number[] } | null; papers?: Record<string, string>; ofFirst?: string | null } = {}): EditionsFile {
  const reminding = remind && { ...remind, reason: inBoth('a test') }
  return EditionsFile.parse({
    editions: [
      edition('first', { list: ofFirst, publishedOn: '2025-12-07', inForce: '2026-01-01', validTo: '2027-12-31', remind: reminding, funnel: [{ stage: 'formal_review', drugs: 121, bothLists: 79, source: inBoth('a notice') }, { stage: 'listed', drugs: 2, bothLists: null, source: inBoth('a notice') }] }),
      edition('second', { expected: { period: '2026-11', source: inBoth('a notice') } }), edition('basic', { kind: 'basic', told: ['in_force'], rules: null, publishedOn: '2025-12-07', remind: reminding }),
    ],
    documents: { notice: { document: inBoth('A notice'), number: 'No. 33', day: '2025-12-07', url: null }, ...Object.fromEntries(Object.entries(papers).map(([name, day]) => [name, { document: inBoth(name), number: null, day, url: null }])) },
    shared: { first: [{ stage: 'applied', document: 'notice' }, { stage: 'listed', on: '2025-12-07', document: 'notice' }] },
    candidacies: candidacies ?? [
      filed('alpha', { company: 'acme', drug: 'alpha', launched: { on: '2024-05', source: inBoth('a paper') }, rareDisease: false }, '2027-12-31'), filed('gamma', { company: 'bestco', drug: 'gamma' }, '2026-09-30'),
      { code: 'basic-1', edition: 'basic', substance: 'basic-1', name: inBoth('Basic one'), stages: [{ stage: 'in_force', on: '2025-01-01', until: '2026-12-31', document: 'notice' }] },
    ],
  })
}

/** A drug of the first edition, in force from 2026-01-01 until a day. */
export function filed(name: string, own: object = {}, until = '2027-12-31'): z.input<typeof EditionsFile>['candidacies'][number] {
  return {
    code: `first-${name}`, edition: 'first', substance: name, name: inBoth(name), ...own,
    stages: ['formal_review', 'expert_evaluation', 'price_consultation'].map((stage) => ({ stage: stage as 'formal_review', document: 'notice' })).concat([{ stage: 'in_force', on: '2026-01-01', until, document: 'notice' } as never]),
  }
}

/** A stage as it is sent: applied on 2026-05-20, unless it says otherwise. */
export function stageSaid(own: Partial<z.input<typeof StageSaid>> = {}): StageSaid {
  return StageSaid.parse({ stage: 'applied', on: '2026-05-20', evidence: { document: inBoth('An application') }, ...own })
}

let named = 0

/** A candidacy as it is sent: of a new drug in the second edition, of a name that no other has, applied for on 2026-05-20, unless it says otherwise. */
export function candidacySaid(own: Partial<z.input<typeof NewCandidacy>> = {}): NewCandidacy {
  return NewCandidacy.parse({ edition: 'second', name: inBoth(`A new drug ${++named}`), stage: stageSaid(), ...own })
}

/** Begins a candidacy past all permissions, known from an instant on: of acme, applied for on 2026-01-20, unless it says otherwise. */
export async function givenCandidacy(world: World, code: string, own: Parameters<typeof candidacySaid>[0] = {}, at = '2026-01-21T04:00:00.000Z'): Promise<void> {
  const { edition, company, stage, substance, ...about } = candidacySaid({ company: 'acme', stage: stageSaid({ on: '2026-01-20' }), ...own })
  const list = await world.list()
  await beginCandidacy(world.services.db, list, {
    code, edition, company, substance: substance ?? code, about: { ...about, cover: about.cover && { ...about.cover, by: 'company' } }, facts: [{ no: 1, ...stage, by: 'company', at }],
  }, { at, by: 'someone', messages: () => [], event: () => eventBy(byItself, { action: 'candidacy.create', outcome: 'done', list: list.code, object: code }) })
  world.services.lists.forget()
}
