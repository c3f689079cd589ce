import { beforeAll, describe, expect, test } from 'vitest'
import { ContradictionsAnswer } from '@lastmile/shared/contradiction'
import { CoverageAnswer, HeadlineAnswer, TrendAnswer, unpackCoverage } from '@lastmile/shared/coverage'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { GapsAnswer } from '@lastmile/shared/gap'
import { InspectionAnswer, type InspectionSheet } from '@lastmile/shared/inspection'
import { bandOf } from '@lastmile/shared/peers'
import { ReportingAnswer } from '@lastmile/shared/reporting'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { ActorFacts } from '../../support/actors.js'
import { listCode, regions as usual } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { doorOf, type Door } from './door.js'
import { sheets as sheetsOf } from './sheets.js'

/*
 * The inspection pack: every figure on a sheet is the one of its page, whoever may not see a thing does not find it on a
 * sheet either, and a band is of five or more.
 */

const list = `/api/lists/${listCode}`
const text = (word: string) => ({ zh: word, en: word })

/** Eight units, of seven of which residents are loaded; the last of those is silent, and so is nobody's member. */
const units = [['100000', 'North', 50], ['200000', 'South', 48], ['300000', 'East', 45], ['400000', 'Middle', 60], ['500000', 'Coast', 70], ['600000', 'Hills', 40], ['650000', 'West', 90], ['660000', 'Corps', null]] as const
const regions: RegionSetFile = {
  ...usual, units: units.map(([code, name]) => ({ code, name: text(name), fullName: text(name), polygon: code !== '660000' })),
  regions: units.filter(([code]) => code !== '660000').flatMap(([code, name, population]) => [
    { code, level: 'province' as const, parent: null, name: text(name), ...(population === null ? {} : { population: population * 100_000 }) },
    ...['01', '02'].map((city) => ({ code: `${code.slice(0, 2)}${city}00`, level: 'city' as const, parent: code, name: text(`City ${code.slice(0, 2)}${city}00`) })),
  ]),
}
/** A drug of a company each, but for acme, which has two; nothing was ever said of the last. */
const drugs = { alpha: { company: 'acme' }, beta: { company: 'acme' }, canary1: { company: 'rivalone' }, canary2: { company: 'rivaltwo' }, canary3: { company: 'rivalthree' }, canary4: { company: 'rivalfour' }, canary5: { company: 'rivalfive' }, silentone: { company: 'quiet' } }
const rivals = /canary|rival|quiet|silentone/

let world: World
let doors: Record<'operator' | 'reader' | 'north' | 'south' | 'acme' | 'rival' | 'hospital' | 'public' | 'command', Door>
beforeAll(async () => {
  const cities = ['100100', '100200', '200100', '200200', '300100', '400100', '500100', '600100']
  world = await given({
    today: '2026-06-30', regions, drugs: Object.fromEntries(Object.entries(drugs).map(([code, own]) => [code, { ...own }])),
    institutions: Object.fromEntries(cities.flatMap((city, i) => [[`H${i + 1}`, city], [`P${i + 1}`, city]])),
    sources: {
      maker: { mode: 'changes' }, rivalone: { evidence: 'declared', company: 'rivalone', mode: 'changes' }, market: { evidence: 'declared', mode: 'changes', rhythm: 'irregular' },
      east: { unit: '300000', scope: { drugs: null, regions: ['300000'], kinds: null } }, west: { unit: '650000', scope: { drugs: null, regions: ['650000'], kinds: null } },
    },
    standards: Object.keys(drugs).map((drug) => ({ drug, minInstitutions: 2, minCities: 2 })), eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }],
    reports: [
      { source: 'maker', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 alpha in_stock', 'H3 alpha in_stock', 'H5 alpha out_of_stock', 'H6 beta in_stock', 'H7 beta not_known'] },
      { source: 'rivalone', asOf: '2026-06-05', rows: ['H1 canary1 in_stock', 'H4 canary1 in_stock'] },
      { source: 'market', asOf: '2026-06-10', rows: ['H2 canary2 in_stock', 'H5 canary2 in_stock', 'H6 canary3 in_stock', 'H7 canary4 in_stock', 'H8 canary4 in_stock', 'P8 canary4 in_stock', 'H3 canary5 out_of_stock'] },
      { source: 'north', asOf: '2026-06-15', rows: ['H1 alpha not_carried reason=cold_chain', 'H1 canary1 in_stock', 'H2 alpha in_stock'] },
      { source: 'south', asOf: '2026-06-16', rows: ['H3 alpha in_stock', 'H4 canary1 out_of_stock'] },
      { source: 'sales', asOf: '2026-06-25', rows: ['H1 alpha @2026-06-20', 'H5 beta @2026-06-21', 'H2 canary2 @2026-06-22'] },
    ],
  })
  const door = (who: ActorFacts | 'public') => doorOf(world.services, who)
  doors = {
    operator: door({ role: 'operator' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }), acme: door({ role: 'company', company: 'acme' }),
    rival: door({ role: 'company', company: 'rivalone' }), hospital: door({ role: 'institution', institution: 'H1' }), public: door('public'), command: door({ role: 'city_officer', unit: '100000', city: '100100' }),
  }
})

const pack = async (door: Door, ask: string) => InspectionAnswer.parse(await door.read(`${list}/inspection?${ask}`))
const sheet = async (door: Door, ask: string): Promise<InspectionSheet> => (await pack(door, ask)).sheets[0]!
const shownTo = async (ask: string) => Object.fromEntries(await Promise.all(Object.entries(doors).map(async ([who, door]) => {
  const { reporting, contradictions } = await sheet(door, ask)
  return [who, [reporting === undefined ? '' : 'reporting', contradictions === undefined ? '' : 'contradictions'].join(' ').trim()] as const
})))

describe.each(evidences)('a sheet under %s evidence says what its pages say', (evidence: Evidence) => {
  const page = async <Answer>(schema: { parse(answer: unknown): Answer }, ask: string) => schema.parse(await doors.operator.read(`${list}/${ask}`))

  test('of a drug: its totals under each kind, each unit, its gaps with their age, its course', async () => {
    for (const drug of ['alpha', 'canary4', 'silentone']) {
      const own = await sheet(doors.operator, `of=drug&code=${drug}&evidence=${evidence}`)
      for (const figures of own.figures) {
        const [headline, coverage] = [await page(HeadlineAnswer, `headline?evidence=${figures.evidence}`), unpackCoverage(await page(CoverageAnswer, `coverage?evidence=${figures.evidence}&drug=${drug}`))]
        const { said, units: inUnits } = headline.drugs.find((one) => one.drug === drug)!
        const { stocked, eligible, share, states } = coverage.totals[0]!
        expect(figures).toMatchObject({ drug, region: null, said, units: inUnits, stocked, eligible, share, unknown: states.not_known + states.stale + states.not_reported })
      }
      const coverage = unpackCoverage(await page(CoverageAnswer, `coverage?evidence=${evidence}&drug=${drug}`))
      expect(own.parts.map((one) => one.region).sort()).toEqual(units.map(([code]) => code))
      for (const part of own.parts) {
        expect(part.stocked.institutions).toBe(coverage.cell(drug, part.region!)?.stocked.institutions ?? 0)
        expect(part.said).toBe((await page(HeadlineAnswer, `headline?evidence=${evidence}&region=${part.region}`)).drugs.find((one) => one.drug === drug)!.said)
      }
      const gaps = await page(GapsAnswer, `gaps?evidence=${evidence}&drug=${drug}`)
      expect(own.gaps).toEqual({ total: gaps.page.total, judged: gaps.judged, reasons: gaps.reasons, rows: gaps.gaps, standards: gaps.standards })
      const trend = await page(TrendAnswer, `trend?evidence=${evidence}&drug=${drug}`)
      expect(own.trends![0]!.points.map(({ day, institutions }) => [day, institutions ?? 0])).toEqual(trend.points.map(({ day, stocked }) => [day, stocked.institutions]))
    }
  })

  test('of a province: all drugs together, each drug, its gaps, its course', async () => {
    for (const [unit, , population] of units.filter(([code]) => ['100000', '300000', '660000'].includes(code))) {
      const own = await sheet(doors.operator, `of=province&code=${unit}&evidence=${evidence}`)
      for (const figures of own.figures) {
        const headline = await page(HeadlineAnswer, `headline?evidence=${figures.evidence}&region=${unit}`)
        expect(figures).toMatchObject({
          stocked: { institutions: headline.institutions, hospitals: headline.hospitals, pharmacies: headline.pharmacies, others: headline.others, cities: headline.cities },
          drugs: { listed: headline.drugsListed, stocked: headline.drugsStocked, unknown: headline.drugsUnknown, notReported: headline.drugsNotReported },
        })
      }
      expect(own.parts.map((one) => one.drug).sort()).toEqual(Object.keys(drugs))
      const gaps = await page(GapsAnswer, `gaps?evidence=${evidence}&region=${unit}`)
      expect([own.gaps.total, own.gaps.rows, own.gaps.reasons, own.gaps.judged]).toEqual([gaps.page.total, gaps.gaps, gaps.reasons, Object.keys(drugs).length])
      expect(own.parts.slice(0, gaps.page.total).map((one) => one.drug)).toEqual(gaps.gaps.map((one) => one.drug))
      const trend = await page(TrendAnswer, `trend?evidence=${evidence}&region=${unit}`)
      expect(own.trends![0]!.points.map(({ institutions }) => institutions ?? 0)).toEqual(trend.points.map(({ stocked }) => stocked.institutions))
      expect(own.peers[0]).toMatchObject({ by: 'residents', residents: population === null ? null : population * 100_000 })
    }
  })

  test('of a company: each of its drugs, never added up, its gaps, and whether it reports', async () => {
    const own = await sheet(doors.operator, `of=company&code=acme&evidence=${evidence}`)
    const both = [await sheet(doors.operator, `of=drug&code=alpha&evidence=${evidence}`), await sheet(doors.operator, `of=drug&code=beta&evidence=${evidence}`)]
    const byDrug = (a: { drug: string | null }, b: { drug: string | null }) => (a.drug! < b.drug! ? -1 : 1)
    expect([...own.figures].sort(byDrug)).toEqual(both.flatMap((one) => one.figures))
    expect([...own.trends!].sort(byDrug)).toEqual(both.flatMap((one) => one.trends!))
    const gaps = await page(GapsAnswer, `gaps?evidence=${evidence}&company=acme`)
    expect([own.gaps.total, own.gaps.rows]).toEqual([gaps.page.total, gaps.gaps])
    const { asOf: _, total, rows } = await page(ReportingAnswer, 'reporting?company=acme')
    expect(own.reporting).toEqual({ ...total, periods: 12, lastAsOf: rows[0]!.lastAsOf })
    const { totals } = await page(ContradictionsAnswer, 'contradictions?company=acme')
    expect(own.contradictions).toEqual(totals)
  })
})

describe('a day before, and what was known then', () => {
  test('is what the pages of that day say; a course that cannot be told as known then, and who owed reports, are left out and not told otherwise', async () => {
    const ask = 'of=province&code=100000&evidence=confirmed&asOf=2026-06-20&knownOn=2026-06-14T00:00:00.000Z'
    const [own, now] = [await sheet(doors.operator, ask), await sheet(doors.operator, 'of=province&code=100000&evidence=confirmed&asOf=2026-06-20')]
    expect([own.figures[1]!.said, now.figures[1]!.said]).toEqual(['nothing', 'yes'])
    const headline = HeadlineAnswer.parse(await doors.operator.read(`${list}/headline?evidence=declared&region=100000&asOf=2026-06-20&knownOn=2026-06-14T00:00:00.000Z`))
    expect(own.figures[0]!.stocked.institutions).toBe(headline.institutions)
    expect([own.trends, own.reporting, now.trends === null, now.reporting === undefined]).toEqual([null, undefined, false, false])
    const gaps = GapsAnswer.parse(await doors.operator.read(`${list}/gaps?evidence=confirmed&region=100000&asOf=2026-06-20&knownOn=2026-06-14T00:00:00.000Z`))
    expect(own.gaps.rows).toEqual(gaps.gaps)
  })

  test('supplies since another day are counted from it, under their own kind alone', async () => {
    const own = await sheet(doors.operator, 'of=drug&code=alpha&evidence=supplied&since=2026-06-21')
    expect(own.figures.map((one) => one.stocked.institutions)).toEqual([4, 2, 0])
    expect(own.trends).toBeNull()
  })
})

describe('who sees what of a sheet', () => {
  test('is by the rule of what belongs to whom: what is not public stands there for who may see it of the whole subject', async () => {
    const nobody = { public: '', north: '', south: '', acme: '', rival: '', hospital: '', command: '' }
    const regulator = { operator: 'reporting contradictions', reader: 'reporting contradictions' }
    expect(await shownTo('of=province&code=100000')).toEqual({ ...nobody, ...regulator, north: 'reporting contradictions' })
    expect(await shownTo('of=company&code=acme')).toEqual({ ...nobody, ...regulator, acme: 'reporting contradictions' })
    expect(await shownTo('of=drug&code=alpha')).toEqual({ ...nobody, operator: 'contradictions', reader: 'contradictions', acme: 'contradictions' })
  })

  /** A sheet without what is not everybody's to see. */
  const publicOf = ({ reporting: _, contradictions: __, cases: ___, ...open }: Awaited<ReturnType<typeof sheet>>) => open

  test('whoever does not see it sees all that is public, to the last figure', async () => {
    for (const ask of ['of=province&code=100000', 'of=company&code=acme', 'of=drug&code=canary1&evidence=confirmed']) {
      const open = publicOf(await sheet(doors.operator, ask))
      for (const door of [doors.public, doors.south, doors.rival, doors.hospital]) {
        expect(publicOf(await sheet(door, ask))).toEqual(open)
      }
    }
  })

  test('its own pack names no rival to a company, and shows no rival\'s figure but in a band of five or more, as JSON, CSV and workbook', async () => {
    for (const ask of ['of=company&code=acme', 'of=drug&company=acme', 'of=drug&code=alpha&evidence=confirmed']) {
      expect(await (await doors.acme.ask(`${list}/inspection?${ask}`)).text()).not.toMatch(rivals)
      expect(await (await doors.acme.ask(`${list}/inspection?${ask}&format=csv`)).text()).not.toMatch(rivals)
      const [data, about] = await sheetsOf(new Uint8Array(await (await doors.acme.ask(`${list}/inspection?${ask}&format=xlsx`)).arrayBuffer()))
      expect(JSON.stringify([data, about])).not.toMatch(rivals)
    }
    // They would be found if they stood there.
    expect(await (await doors.acme.ask(`${list}/inspection?of=drug`)).text()).toMatch(rivals)
  })
})

describe('peers', () => {
  test('of a province are those of similar size of which anything is said; the silent are counted beside, not as zero', async () => {
    const own = (await sheet(doors.public, 'of=province&code=100000')).peers[0]!
    if (own.by !== 'residents') throw new Error('a province is compared by residents')
    expect([own.units.map((one) => one.code), own.members, own.silent]).toEqual([['200000', '300000', '400000', '600000', '500000', '650000'], 5, 1])
    const others = await Promise.all(['200000', '300000', '400000', '500000', '600000'].map(async (code) => HeadlineAnswer.parse(await doors.public.read(`${list}/headline?region=${code}`))))
    expect(own.bands[0]).toEqual({ measure: 'institutions', value: 3, band: bandOf(others.map((one) => one.institutions)) })
    expect(own.bands[1]).toMatchObject({ measure: 'drugs', band: bandOf(others.map((one) => one.drugsStocked)) })
  })

  test('are told by no band where fewer than five say anything, and of a unit whose residents are not loaded there are none', async () => {
    const under = (await sheet(doors.public, 'of=province&code=100000&evidence=confirmed')).peers[0]!
    expect([under.members, under.bands.map((one) => one.band)]).toEqual([1, [null, null, null]])
    const corps = (await sheet(doors.public, 'of=province&code=660000')).peers[0]!
    expect(corps).toMatchObject({ by: 'residents', residents: null, units: [], members: 0 })
    expect(corps.bands.map(({ value, band }) => [value, band])).toEqual([[null, null], [null, null], [null, null]])
  })

  test('of a drug are other companies\' of which something certain is said, by public totals and no name', async () => {
    const own = (await sheet(doors.public, 'of=drug&code=alpha')).peers[0]!
    const headline = HeadlineAnswer.parse(await doors.public.read(`${list}/headline`))
    const others = headline.drugs.filter((one) => one.drug.startsWith('canary')).map((one) => one.institutions)
    expect(own).toMatchObject({ by: 'class', class: '', members: 5, silent: 1 })
    expect(own.bands[0]).toEqual({ measure: 'institutions', value: 4, band: bandOf(others) })
    // Of canary1 four others, and acme's two: one of those is said to be nowhere.
    expect((await sheet(doors.public, 'of=drug&code=silentone')).peers[0]).toMatchObject({ members: 7, silent: 0, bands: [{ value: null }, { value: null }, { value: null }] })
  })
})

describe('silence', () => {
  test('is said as such, has an empty cell in a file, and draws no line', async () => {
    const own = await sheet(doors.public, 'of=drug&code=silentone')
    expect(own.figures.map((one) => one.said)).toEqual(['nothing', 'nothing', 'no'])
    expect(own.trends![0]!.points.map((one) => one.institutions)).toEqual([null])
    const csv = await (await doors.public.ask(`${list}/inspection?of=drug&code=silentone&format=csv`)).text()
    expect(csv).toContain('silentone,figures,declared,silentone,,,institutions,,nothing')
  })
})

describe('all in one go', () => {
  test('come in the order of the units, a page at a time; a file holds them all', async () => {
    const all = await pack(doors.operator, 'of=province&limit=40')
    expect([all.sheets.map((one) => one.code), all.page]).toEqual([units.map(([code]) => code), { offset: 0, limit: 40, total: 8 }])
    const [first, rest] = [await pack(doors.operator, 'of=province&limit=5'), await pack(doors.operator, 'of=province&limit=5&offset=5')]
    expect([...first.sheets, ...rest.sheets]).toEqual(all.sheets)
    expect(all.sheets[2]).toEqual(await sheet(doors.operator, 'of=province&code=300000'))
    const csv = await (await doors.operator.ask(`${list}/inspection?of=province&limit=1&format=csv`)).text()
    expect(units.every(([code]) => csv.includes(`\n${code},figures`))).toBe(true)
    expect((await pack(doors.public, 'of=drug')).sheets.map((one) => one.code)).toEqual(Object.keys(drugs))
    expect((await pack(doors.public, 'of=company')).sheets.map((one) => one.code)).toEqual(['acme', 'rivalone', 'rivaltwo', 'rivalthree', 'rivalfour', 'rivalfive', 'quiet'])
  })
})

test('a wrong question is told what is wrong with it', async () => {
  const told = async (ask: string) => {
    const answer = await doors.public.ask(`${list}/inspection?${ask}`)
    const { error } = await answer.json() as { error: { code: string; field?: string } }
    return [answer.status, error.code, error.field]
  }
  expect(await told('of=province&code=999999')).toEqual([404, 'region.not_found', undefined])
  expect(await told('of=province&code=100100')).toEqual([404, 'region.not_found', undefined])
  expect(await told('of=drug&code=none')).toEqual([404, 'drug.not_found', undefined])
  expect(await told('of=company&code=none')).toEqual([404, 'company.not_found', undefined])
  expect(await told('of=drug&company=none')).toEqual([404, 'company.not_found', undefined])
  expect(await told('of=drug&company=acme&code=canary1')).toEqual([404, 'drug.not_found', undefined])
  expect(await told('of=province&company=acme')).toEqual([400, 'question.company', 'company'])
  expect(await told('code=100000')).toEqual([400, 'question.invalid', 'of'])
  expect(await told('of=province&limit=41')).toEqual([400, 'question.invalid', 'limit'])
  expect(await told('of=province&asOf=2026-07-01')).toEqual([400, 'question.future', 'asOf'])
})
