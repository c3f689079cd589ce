import { describe, expect, test } from 'vitest'
import { decodeRows, encodeRows, ListSearch, parseSearch, stringifySearch } from '../../web/src/lib/search.js'

describe('the address of a page', () => {
  test('reads back as it was written', () => {
    const search = { evidence: 'declared', asOf: '2026-05-31', knownOn: '2026-06-01T02:00:00.000Z', rows: 'drug:CID2025019;state:in_stock,stale' }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })

  test('leaves out what is not asked and stays readable', () => {
    expect(stringifySearch({ evidence: undefined, drug: '', unstocked: false })).toBe('')
    expect(stringifySearch({ rows: 'region:110000;state:in_stock' })).toBe('?rows=region:110000;state:in_stock')
  })

  test('keeps Chinese, spaces and signs as they are', () => {
    const search = { search: '北京 第1 医院 & 100%' }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })

  test('is refused where it asks for a day that does not exist or an unknown kind of evidence', () => {
    expect(ListSearch.safeParse({ asOf: '2026-02-30' }).success).toBe(false)
    expect(ListSearch.safeParse({ evidence: 'hearsay' }).success).toBe(false)
    expect(ListSearch.safeParse({ knownOn: 'yesterday' }).success).toBe(false)
  })
})

describe('the rows behind a number, in the address', () => {
  test('read back as they were written', () => {
    const question = { drug: 'CID2025001', region: '110000', kind: 'hospital' as const, state: 'not_known,stale', evidence: 'confirmed' as const }
    expect(decodeRows(encodeRows(question))).toEqual(question)
    // All rows are said, too: what is empty stands in no address.
    expect([encodeRows({}), decodeRows(encodeRows({})), stringifySearch({ rows: encodeRows({}) })]).toEqual(['all', {}, '?rows=all'])
  })

  test('are none where the text asks for what cannot be asked', () => {
    // Nor where a part of it does: less would be asked than was meant, and more told.
    for (const text of ['price:12', 'kind:clinic', 'state:bogus', 'bogus', '%%%', ';', '', 'drug:', ':', 'drug:CID2025001;bogus', 'drug:CID2025001;drug:CID2025002', 'drug:CID2025001;', 'regions', 'drug1']) expect([text, decodeRows(text)]).toEqual([text, null])
  })
})
