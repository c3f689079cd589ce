import { MovesAnswer } from '@lastmile/shared/company-moves'
import { VisitAnswer } from '@lastmile/shared/visit'
import { listCode, type EditionFacts } from '../../support/edition.js'
import { caseOffice } from './case-office.js'
import type { Door } from './door.js'

/*
 * A company's home. Of acme: alpha is declared, confirmed and supplied at H1, declared and confirmed at P1, denied at H2, declared and
 * supplied at H4; beta is declared at H3, and supplied at H1 without ever having been declared. What is called CANARY is another's.
 */

export const path = `/api/lists/${listCode}/progress`
const changes = { mode: 'changes', channels: { upload: {}, command: {} } } as const
export const edition: EditionFacts = {
  drugs: { alpha: {}, beta: {}, gamma: { company: 'bestco' }, canarydrug: { company: 'canarycompany' }, ...Object.fromEntries([1, 2, 3, 4].map((n) => [`other${n}`, { company: `rival${n}` }])) },
  sources: { north: changes, south: changes, maker: { ...changes, rhythm: 'monthly' }, canarysource: { ...changes, evidence: 'declared', company: 'canarycompany' }, others: { ...changes, evidence: 'declared' } },
  standards: [{ drug: 'alpha', minInstitutions: 3, units: ['100000'] }, { drug: 'canarydrug', minInstitutions: 3, units: ['100000'] }],
}
/** `more`: what is declared of rivals' drugs. */
export const office = (more: { source: string; asOf: string; rows: string[] }[] = []) => caseOffice({
  ...edition, institutions: { H1: '100100', P1: '100200', H3: '100200', H2: '200100', H4: '200200', CANARYH: '100100', CANARYP: '100100' },
  reports: [
    { source: 'maker', asOf: '2026-01-10', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] },
    { source: 'maker', asOf: '2026-05-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 alpha in_stock', 'H4 alpha in_stock', 'H3 beta in_stock'] },
    { source: 'canarysource', asOf: '2026-02-10', rows: ['CANARYH canarydrug in_stock', 'CANARYP canarydrug in_stock'] }, { source: 'canarysource', asOf: '2026-06-10', rows: ['CANARYH canarydrug in_stock'] },
    { source: 'north', asOf: '2026-06-15', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H3 alpha not_carried', 'CANARYH canarydrug in_stock'] }, { source: 'south', asOf: '2026-06-16', rows: ['H2 alpha not_carried reason=cold_chain'] },
    { source: 'sales', asOf: '2026-06-25', rows: ['H1 alpha @2026-02-20', 'H4 alpha @2026-06-20', 'H1 beta @2026-06-22', 'CANARYH canarydrug @2026-06-22'] }, ...more,
  ],
})

export const pairsOf = ({ rows }: { rows: readonly { institution: string; drug: string }[] }) => rows.map(({ institution, drug }) => `${institution} ${drug}`).sort()
export const moves = async (door: Door, more = '') => MovesAnswer.parse(await door.read(`${path}/moves?evidence=declared${more}`))
export const visits = async (door: Door, seen: string | null = null, company?: string) => VisitAnswer.parse(await (await door.ask(`${path}/visits`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ seen, ...(company ? { company } : {}) }) })).json())
