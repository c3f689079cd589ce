import { loadMaster } from '@lastmile/server/load/load-files'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { answered } from '../../support/duties.js'
import { givenFact } from '../../support/ladder.js'
import { givenPlan } from '../../support/plans.js'
import { decided } from '../../support/standards.js'
import { doorOf, keepingLog, type Door } from './door.js'

/** Names with which a spreadsheet would be tricked into computing, in ASCII and full width. */
export const trickyNames = ['=HYPERLINK("http://example.invalid")', '+1+1', '-2+3', '@SUM(A1)', '\u0009=1', '＝1＋1', '＋1', '－1', '＠SUM(1)', '=1, "quoted"']

/** A price that stands in one report. It may be found in no answer, export or log. */
export const price = '48713.57'

export const list = `/api/lists/${listCode}`

export interface Country extends Door {
  world: World
  log: string[]
  /** Codes of reports: one of a province with prices, one without, a draft with errors, a correction and what it corrected. */
  reports: { priced: string; open: string; draft: string; corrected: string; correction: string }
}

/**
 * A world with what life contains: three kinds of evidence, prices, a draft, a correction, the Corps, stale and withdrawn
 * statements, reasons, eligibility, standards, a closed hospital, and institutions whose names are formulas.
 */
export async function smallCountry(): Promise<Country> {
  const world = await given({
    today: '2026-03-31',
    institutions: {
      H1: { at: '100101', level: '3A', qualifications: 'rare-disease-network', lat: 40, lng: 116 }, H2: { at: '100200', lat: 41, lng: 117 }, H3: '200100', H4: { at: '200200', closed: '2026-03-10' },
      H5: '650100', H6: { at: '650200', unit: '660000' }, P1: '100100', P2: { at: '200100', dualChannel: true }, C1: '300100',
    },
    eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }, { drug: 'beta', rules: [{ by: 'reported' }] }],
    standards: [{ drug: 'alpha', minInstitutions: 2 }, { drug: 'gamma' }], duties: [{}],
    reports: [
      { source: 'maker', asOf: '2026-01-10', rows: ['H1 alpha in_stock @2026-01-05', 'H2 alpha in_stock', 'P1 alpha in_stock', 'H5 alpha in_stock', 'H6 alpha in_stock', 'H3 beta in_stock'] },
      { source: 'north', asOf: '2026-01-31', rows: ['H1 alpha in_stock @2026-01-30 quantity=3', `P1 alpha out_of_stock @2026-01-30 price=${price}`, 'H2 beta not_carried reason=cold_chain'] },
      { source: 'corps', asOf: '2026-01-31', rows: ['H6 alpha not_known', 'H6 beta on_order lead=7'] },
      { source: 'sales', asOf: '2026-02-15', rows: ['H1 alpha @2026-02-01 quantity=2', 'H4 beta @2026-02-10', 'C1 gamma @2026-02-11'] },
      { source: 'maker', asOf: '2026-02-28', rows: ['H1 alpha in_stock @2026-02-20', 'H3 beta in_stock @2026-02-20', 'H4 beta in_stock @2026-02-20', 'P2 beta in_stock @2026-02-20'] },
      { source: 'south', asOf: '2026-02-28', rows: ['H3 beta out_of_stock', 'H4 beta in_stock', 'P2 beta in_stock'] },
      { source: 'south', asOf: '2026-02-28', corrects: 1, accepted: '2026-03-05', rows: ['H3 beta in_stock', 'H4 beta in_stock', 'P2 beta not_known'] },
    ],
  })
  const tricky = trickyNames.map((name, i) => `T${i},"${name.replaceAll('"', '""')}",other,100100`)
  await loadMaster(world.services.db, listCode, new TextEncoder().encode(['code,name,kind,region', ...tricky, '"机构""1",Code that is no file name,other,100100', ''].join('\n')), 'tricky.csv', '2026-01-02T00:00:00.000Z')
  await givenFact(world, 'lf-of-north')
  await givenPlan(world, 'north-plan', { unit: '100000', name: '=a plan', drugs: ['alpha: @half of it', 'beta'] })
  await givenPlan(world, 'past-plan', { validTo: '2026-01-31', drugs: ['gamma'] })
  await decided(world, 'alpha', [{ minInstitutions: 2 }, { from: '2026-03-25', units: ['100000'], minInstitutions: 3, reach: { km: 150, share: 90 }, servedBy: [{ unit: '100000', institution: 'H3' }] }], { at: '2026-03-25', why: '=a reason', author: '@An officer' })
  await answered(world, 'H1', { on: '2026-03-10', outcomes: ['alpha refused cold_chain', 'beta admitted'], note: '+a note' })
  await answered(world, 'H6', { convened: false })
  const { said, log } = keepingLog()
  world.services.log = log
  const door = doorOf(world.services)
  const declared = await door.send({
    list: listCode, source: 'hospitals', asOf: '2026-03-20', file: ['institution_code,drug_code,status', ...trickyNames.map((_, i) => `T${i},gamma,in_stock`)].join('\n'), filename: '=open.csv',
  })
  const draft = await door.send({ list: listCode, source: 'hospitals', asOf: '2026-03-21', file: `institution_code,drug_code,status,price\nH1,alpha,=cmd|' /C calc'!A0,${price}\nH999,alpha,in_stock,0${price}x` })
  const { rows } = await door.read<{ rows: { id: string; source: string; state: string; version: number }[] }>(`${list}/reports`)
  const code = (source: string, version = 1) => rows.find((one) => one.source === source && one.version === version && one.state !== 'draft')!.id
  return {
    ...door, world, log: said,
    reports: { priced: code('north'), open: declared.receipt.id!, draft: draft.receipt.id!, corrected: code('south'), correction: code('south', 2) },
  }
}
