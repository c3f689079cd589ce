import { describe, expect, test } from 'vitest'
import { ndc } from '@lastmile/server/reading/masters'
import { fiveDigits, providerIdentity, readPoint } from '@lastmile/server/reading/provider'
import { profile } from './profiles.js'
import { errorsOf, read, rowsOf, warningsOf } from './world.js'

describe('supplies are events', () => {
  const supply = { profile: profile('cn-supply'), period: null }
  test('a drug may be supplied on many days; several sales of one day are one supply of their sum', async () => {
    const outcome = await read('机构代码,药品代码,结算日期,数量\nP37010200001,D1,2026-02-01,1\nP37010200001,D1,2026-02-02,1\nP37010200001,D1,2026-02-02,2', supply)
    expect(rowsOf(outcome).map(({ day, dayBasis, quantity }) => [day, dayBasis, quantity])).toEqual([['2026-02-01', 'observed', 1], ['2026-02-02', 'observed', 3]])
    expect(outcome.warnings).toEqual([{ code: 'ROWS_COLLAPSED', row: 3 }])
  })

  test('a supply without a day, or of nothing, is an error', async () => {
    expect(errorsOf(await read('机构代码,药品代码,供应日期,数量\nP37010200001,D1,,1\nP37010200001,D1,2026-02-02,0', supply))).toEqual(['2:observed_on:MISSING_VALUE', '3:quantity:BAD_QUANTITY'])
  })
})

describe('a locator brings its providers along', () => {
  const locator = {
    profile: profile('hhs-locator'), period: null, asOf: '2022-01-19', today: '2022-01-19', institutions: [], scopePrefixes: null, regions: ['AK', 'GU'],
    drugs: [{ code: 'evusheld', aliases: ['0310-7442-02'], inScope: true }],
  }
  const columns = 'provider_name,address1,zip,state_code,county,national_drug_code,courses_available,courses_available_date,geocoded_address'
  const feed = (...lines: string[]): string => [columns, ...lines].join('\n')
  const clinic = (figure: string, day = '2022-01-17T00:00:00.000', name = 'Clinic'): string => `${name},1 Main St,99801,AK,JUNEAU,00310-7442-02,${figure},${day},POINT (-134.465047 58.328624)`

  test('a figure is in stock, zero is out of stock, nothing is not known', async () => {
    const outcome = await read(feed(clinic('22.0', undefined, 'A'), clinic('0.0', undefined, 'B'), clinic('', '', 'C')), locator)
    expect(rowsOf(outcome)).toMatchObject([
      { status: 'in_stock', quantity: 22, day: '2022-01-17', dayBasis: 'observed', drug: 'evusheld' }, { status: 'out_of_stock', quantity: 0 }, { status: 'not_known', quantity: null, day: null, dayBasis: 'as_of' },
    ])
    expect(outcome).toMatchObject({ parsed: { rows: 3, inStock: 1, notKnown: 1, zero: 1 } })
  })

  test.each([
    ['in stock if any row is', ['0.0', '', '5.0'], 'in_stock', 5], ['zero if any row says zero', ['', '0.0', ''], 'out_of_stock', 0], ['else not known', ['', ''], 'not_known', null],
  ])('several orders of one provider are one statement: %s', async (_, figures, status, quantity) => {
    const outcome = await read(feed(...figures.map((figure) => clinic(figure))), locator)
    expect(rowsOf(outcome)).toMatchObject([{ status, quantity }])
    expect(outcome).toMatchObject({ rowsTotal: figures.length, parsed: { rows: figures.length } })
    expect(warningsOf(outcome)).toEqual(['ROWS_COLLAPSED'])
  })

  test('of two figures the later day wins, wherever it stands', async () => {
    const [old, late] = [clinic('144.0', '01/02/2022 12:00:00 AM'), clinic('9.0', '01/12/2022 12:00:00 AM')]
    for (const lines of [[old, late], [late, old]]) expect(rowsOf(await read(feed(...lines), locator))).toMatchObject([{ quantity: 9, day: '2022-01-12' }])
  })

  test('a day after the snapshot is kept: the publisher\'s clock is not ours', async () => {
    expect(rowsOf(await read(feed(clinic('1', '2022-01-20T00:00:00.000')), locator))).toMatchObject([{ day: '2022-01-20' }])
  })

  test('case, spaces, the end of a ZIP and its lost zeros do not make another provider; another address does', async () => {
    const outcome = await read(feed('ALPHA  Clinic,1 MAIN ST,00802-1234,gu,Guam,0310-7442-02,1,,', 'Alpha Clinic,1 Main St ,802,GU,,0310-7442-02,2,,POINT (144.79 13.44)', 'Alpha Clinic,2 Main St,802,GU,,0310-7442-02,2,,'), locator)
    expect(rowsOf(outcome)).toHaveLength(2)
    expect(outcome).toMatchObject({ providers: [{ name: 'ALPHA Clinic', zip: '00802', state: 'GU', county: 'Guam', lat: 13.44, lng: 144.79 }, { address1: '2 Main St' }] })
    expect(providerIdentity('A  b', 'C', '802')).toBe(providerIdentity(' a B', 'c', '00802-0001'))
    expect(['281444', '99801-', '', '802.0'].map(fiveDigits)).toEqual(['28144', '99801', '', '00802'])
  })

  test('a state that is none, a drug of another maker and a row without a name are errors; a row without an address is not', async () => {
    const outcome = await read(feed('A,1 Main St,99801,99801,,0310-7442-02,1,,', 'A,1 Main St,99801,AK,,0069-1085-30,1,,', ',1 Main St,99801,AK,,0310-7442-02,1,,'), locator)
    expect(errorsOf(outcome)).toEqual(['2:state_code:UNKNOWN_REGION', '3:drug_code:UNKNOWN_DRUG', '4:provider_name:MISSING_VALUE'])
    expect(await read(feed('SIH Cancer Institute,,,,,00310-7442-02,105,,'), locator)).toMatchObject({ outcome: 'accept', providers: [{ state: null, zip: '', lat: null }] })
  })

  test('one drug is one drug however its code is dashed', () => {
    expect(['0310-7442-02', '00310-7442-02', '00310744202'].map(ndc)).toEqual(Array(3).fill('ndc:00310744202'))
    expect(['0310744202', 'CID2025001', '0310-7442'].map(ndc)).toEqual([null, null, null])
  })

  test('a point is longitude first, and what is off the globe is no point', () => {
    expect(readPoint('POINT (-134.46 58.32)')).toEqual({ lat: 58.32, lng: -134.46 })
    for (const text of ['', 'POINT (0 0)', 'POINT (10 95)', 'POINT (1 2 3)', 'LINESTRING (1 2, 3 4)']) expect(readPoint(text)).toEqual({ lat: null, lng: null })
  })
})
