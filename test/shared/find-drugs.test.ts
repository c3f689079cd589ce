import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CompaniesFile, DrugsFile } from '@lastmile/shared/edition'
import { findDrugs, finderKey } from '@lastmile/shared/find-drugs'
import { FinderFile } from '@lastmile/shared/finder-words'
import { verdictOf, type FinderRow } from '@lastmile/shared/finder'

/* What people type, and what they mean by it, over the reviewed words of the list itself. */

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../db/editions/commercial-2025/${name}.json`, import.meta.url), 'utf8')) as unknown
const drugs = DrugsFile.parse(read('drugs'))
const companies = CompaniesFile.parse(read('companies'))
const words = FinderFile.parse(read('finder'))
const find = (typed: string) => findDrugs(typed, drugs, companies, words)
/** Numbers of the drugs found, the closest first. */
const numbers = (typed: string) => find(typed).drugs.map(({ drug }) => Number(drug.slice(-3)))
const notListed = (typed: string) => find(typed).notListed.map(({ name }) => name.zh)

describe('a drug is found', () => {
  test.each([
    // By its Chinese name, whole, in part, with its form, in traditional characters, in any width.
    ['仑卡奈单抗', [19]], ['仑卡', [19]], ['仑卡奈单抗注射液', [19]], ['侖卡奈單抗', [19]], ['仑卡奈 单抗', [19]], ['请问仑卡奈单抗注射液怎么买', [19]], ['維拉苷酶β', [1]], ['维拉苷酶beta', [1]],
    // By its English name, in any case, with hyphens or without, with a letter wrong.
    ['Lecanemab', [19]], ['ＬＥＣＡＮＥＭＡＢ', [19]], ['lecanimab', [19]], ['lecanmab', [19]], ['dinutuximab-beta', [6]], ['Dinutuximab beta', [6]], ['axicabtagene ciloleucel', [10]], ['para toluenesulfonamide', [15]],
    // By its brand.
    ['乐意保', [19]], ['Leqembi', [19]], ['Kisunla', [18]], ['奕凱達', [10]],
    // By pinyin and its initials, of the name, the brand and the disease.
    ['lunkanai', [19]], ['lun ka nai dan kang', [19]], ['lknd', [19]], ['lkndk', [19]], ['LYB', [19]], ['ajls', [10]], ['a ji lun sai', [10]], ['gexiebing', [1]], ['gxb', [1]],
    // By the disease, official or everyday, in either language.
    ['戈谢病', [1]], ['謝', [1]], ['高雪氏病', [1]], ['老年痴呆', [18, 19]], ['阿茲海默', [18, 19]], ["Alzheimer's", [18, 19]], ['dementia', [18, 19]], ['骨髓瘤', [5, 8, 13, 14]], ['短肠', [3]], ['neuroblastoma', [6, 7]],
    // By its company.
    ['卫材', [19]], ['Takeda', [3]], ['百济神州', [4, 6]], ['CID2025019', [19]],
  ])('by "%s"', (typed, found) => {
    expect(numbers(typed).slice(0, found.length).sort((a, b) => a - b)).toEqual(found)
    expect(numbers(typed).length).toBeLessThanOrEqual(found.length + 2)
  })

  test('by nothing where signs alone are typed; nothing typed is all of the list', () => {
    expect([find('\\').drugs, find(' - ').drugs, find('  ').drugs.length]).toEqual([[], [], drugs.length])
  })

  test('in the order of how close the words are: what is called so before what is for that disease', () => {
    expect(find('淋巴瘤').drugs.map(({ by }) => by)).toEqual(Array.from({ length: 3 }, () => 'disease'))
    expect(numbers('小细胞肺癌')[0]).toBe(17)
    expect(find('伊匹木单抗').drugs[0]).toMatchObject({ drug: 'CID2025009', by: 'name' })
  })

  test('and an empty text is all of the list, in its order', () => {
    expect(numbers('  ')).toEqual(drugs.map(({ no }) => no))
    expect(numbers('zzzz')).toEqual([])
    // One letter begins half of all names: it finds nothing yet.
    expect(numbers('a')).toEqual([])
  })

  test('without words of an edition by names and companies alone', () => {
    expect(findDrugs('lecanemab', drugs, companies, null)).toEqual({ drugs: [{ drug: 'CID2025019', by: 'name', word: 'Lecanemab', note: null }], notListed: [] })
    expect(findDrugs('gxb', drugs, companies, null).drugs).toEqual([])
  })
})

describe('names that the press got wrong', () => {
  test.each([['Acalabrutinib', 10], ['acalabrutinib', 10], ['naxicabtagene autoleucel', 11], ['Naxicabtagene', 11], ['Ixicabtagene', 13]])('"%s" is said to be a mistake, and what is meant', (typed, no) => {
    const [first] = find(typed).drugs
    expect([first!.drug, first!.by]).toEqual([`CID2025${String(no).padStart(3, '0')}`, 'press'])
    expect(first!.note!.zh).toContain(drugs[no - 1]!.name.zh.replace('注射液', ''))
  })
})

describe('what is not on the list is said to be not', () => {
  test.each([['伊匹木单抗N01', '伊匹木单抗N01'], ['伊匹木單抗 n01', '伊匹木单抗N01'], ['特立妥单抗', '特立妥单抗'], ['teclistamab', '特立妥单抗'], ['索米妥昔单抗', '索米妥昔单抗'], ['西达基奥仑赛', '西达基奥仑赛'], ['xdjals', '西达基奥仑赛'], ['ciltacabtagene autoleucel', '西达基奥仑赛']])('%s', (typed, name) => {
    expect(notListed(typed)).toContain(name)
    expect(numbers(typed)).toEqual([])
  })
  test('who asks for what is listed hears of its namesake too, and sees what is listed', () => {
    expect([numbers('伊匹木单抗'), notListed('伊匹木单抗')]).toEqual([[9], ['伊匹木单抗N01']])
  })
})

describe('the reviewed words', () => {
  test('speak of every drug of the list, in both languages, with the pinyin of its name and brand', () => {
    expect(words.drugs.map(({ drug }) => drug)).toEqual(drugs.map(({ code }) => code))
    for (const { plain, pinyin, diseases } of words.drugs) expect([/\p{Script=Han}/u.test(plain.zh), /\p{Script=Han}/u.test(plain.en), pinyin.length >= 2, diseases.some((one) => /^[\x20-\x7e]+$/.test(one))]).toEqual([true, false, true, true])
  })
  test('are compared without width, case, accents, spaces and hyphens', () => {
    expect(finderKey('ＣＡＲ－Ｔ 治療')).toBe('cart治疗')
  })
})

describe('what is said of a place', () => {
  const at = (declared: string | null, confirmed: string | null, supplied: boolean) => verdictOf({ declared: declared && { state: declared, day: null }, confirmed: confirmed && { state: confirmed, day: null }, supplied: supplied ? { first: '2026-01-02', last: '2026-03-04' } : null } as Pick<FinderRow, 'declared' | 'confirmed' | 'supplied'>)
  test.each([
    ['in_stock', 'in_stock', true, 'confirmed_and_supplied'], [null, 'in_stock', false, 'confirmed'], ['in_stock', null, true, 'supplied'], ['in_stock', 'out_of_stock', true, 'supplied_contradicted'],
    ['in_stock', 'not_carried', false, 'contradicted'], ['in_stock', null, false, 'declared_only'], ['in_stock', 'stale', false, 'declared_only'], ['in_stock', 'not_known', false, 'declared_only'],
  ] as const)('declared %s, confirmed %s, supplied %s: %s', (declared, confirmed, supplied, said) => {
    expect(at(declared, confirmed, supplied)).toBe(said)
  })
})
