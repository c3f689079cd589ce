import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { uploadLimits } from '@lastmile/shared/source'
import { packInstitutions } from '@lastmile/server/reading/masters'
import { readReport, type ReadOutcome, type ReadRequest } from '@lastmile/server/reading/read-report'
import { profile } from './profiles.js'
import { remember, rowsOf } from './world.js'

const folder = new URL('../../../../shared/data/us-hhs-locator/', import.meta.url)
const present = existsSync(folder)
if (!present) console.log('skipped: the snapshots of the U.S. locator are not beside the repository (../shared/data)')
const files = present ? readdirSync(folder).filter((name) => name.endsWith('.csv')).sort() : []
const counts = present
  ? JSON.parse(readFileSync(new URL('counts.json', folder), 'utf8')) as Record<string, { rows: number; in_stock: number; not_known: number; zero: number; providers_by_name_address_zip: number; why_not?: string }>
  : {}
const states = ('AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY '
  + 'PR VI GU AS MP FM MH PW').split(' ')

const outcomes = new Map<string, Promise<ReadOutcome>>()
function snapshot(name: string): Promise<ReadOutcome> {
  const day = name.slice(9, 19)
  const request: ReadRequest = {
    content: { path: fileURLToPath(new URL(name, folder)) }, filename: name, profile: profile('hhs-locator'), limits: uploadLimits,
    masters: {
      drugs: [{ id: 1, code: 'evusheld', aliases: ['0310-7442-02', '00310-7442-02'], inScope: true }],
      institutions: packInstitutions([]), scopePrefixes: null, regions: states,
    },
    asOf: day, period: null, today: day,
  }
  const known = outcomes.get(name) ?? readReport(request).then((outcome) => remember(outcome, request))
  outcomes.set(name, known)
  return known
}

describe.skipIf(!present)('the snapshots of the U.S. locator', () => {
  const sound = files.filter((name) => counts[name]?.why_not !== 'columns shifted by one')

  test.each(sound)('%s counts as many rows, stocked, unknown and zero as were published, and as many providers', async (name) => {
    const outcome = await snapshot(name)
    const published = counts[name]!
    expect(outcome).toMatchObject({
      outcome: 'accept', rowsTotal: published.rows, hasPriceColumn: false, shifted: null,
      parsed: { rows: published.rows, inStock: published.in_stock, notKnown: published.not_known, zero: published.zero },
    })
    if (outcome.outcome !== 'accept') return
    expect(outcome.providers).toHaveLength(published.providers_by_name_address_zip)
    expect(outcome.storedCount).toBe(published.providers_by_name_address_zip)
  })

  test('the file whose columns are shifted by one has an error in every row', async () => {
    const outcome = await snapshot('evusheld-2022-01-04T2339.csv')
    expect(outcome.outcome).toBe('row_errors')
    if (outcome.outcome !== 'row_errors') return
    expect(outcome.parsed.rows).toBe(0)
    expect(new Set(outcome.errors.map(({ code }) => code))).toContain('UNKNOWN_REGION')
    expect(outcome.shifted).toEqual([{ column: 'state_code', looksLike: 'zip' }, { column: 'zip', looksLike: 'drug_code' }, { column: 'observed_on', looksLike: 'position' }])
  })

  test('of two figures of one provider the later day wins', async () => {
    const outcome = await snapshot('evusheld-2022-02-16T1324.csv')
    if (outcome.outcome !== 'accept') throw new Error('not accepted')
    const hospital = outcome.providers.find(({ address1 }) => /^2121 santa monica blvd$/i.test(address1))!
    expect(rowsOf(outcome).filter(({ institution }) => institution === hospital.code)).toMatchObject([{ status: 'in_stock', quantity: 199, day: '2022-02-14' }])
    expect(outcome.warnings.some(({ code }) => code === 'ROWS_COLLAPSED')).toBe(true)
  })

  test('a provider keeps its code from one snapshot to the next, though its ZIP and its case change', async () => {
    const [january, march] = await Promise.all([snapshot('evusheld-2022-01-19T1616.csv'), snapshot('evusheld-2022-03-16T2323.csv')])
    if (january.outcome !== 'accept' || march.outcome !== 'accept') throw new Error('not accepted')
    const bartlett = ({ name }: { name: string }): boolean => /^bartlett regional hospital$/i.test(name)
    expect(january.providers.find(bartlett)?.code).toBe(march.providers.find(bartlett)?.code)
    expect(january.providers.find(bartlett)?.city).not.toBe(march.providers.find(bartlett)?.city)
    const codes = new Set<string>()
    for (const name of sound) for (const { institution } of rowsOf(await snapshot(name))) codes.add(institution)
    expect(codes.size).toBe(2990)
  })

  test('no figure is not zero: a provider without a figure is not known, and has no day', async () => {
    const unknown = rowsOf(await snapshot('evusheld-2022-01-19T1616.csv')).filter(({ status }) => status === 'not_known')
    expect(unknown).toHaveLength(498)
    expect(unknown.every(({ quantity }) => quantity === null)).toBe(true)
  })

  test('every position lies where its state is: east of Greenwich only in the Pacific', async () => {
    const outcome = await snapshot('evusheld-2022-03-08T1951.csv')
    if (outcome.outcome !== 'accept') throw new Error('not accepted')
    const east = outcome.providers.filter(({ lng }) => lng !== null && lng > 0)
    expect(east.every(({ state }) => ['GU', 'MP', 'FM', 'MH', 'PW'].includes(state ?? ''))).toBe(true)
    expect(outcome.providers.filter(({ lat }) => lat !== null).length).toBeGreaterThan(1500)
  })
})
