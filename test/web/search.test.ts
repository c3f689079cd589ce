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
  })

  test('are none where the text asks for what cannot be asked', () => {
    expect(decodeRows('price:12')).toBeNull()
    expect(decodeRows('kind:clinic')).toBeNull()
  })
})
