import { describe, expect, test } from 'vitest'
import { caseNumbered, caseStateOf, closesItself, officesFor, reopensItself } from '@lastmile/shared/case'
import { actorOf, gapActs } from '@lastmile/shared/gap-act'
import { dayWritten, lettersOf, type LetterFacts } from '@lastmile/shared/notice'
import { ladderFor, stepDue, Supervision } from '@lastmile/shared/supervision'
import { attachmentTypeOf } from '@lastmile/shared/attachment'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const rules = Supervision.parse(JSON.parse(readFileSync(fileURLToPath(new URL('../../db/editions/commercial-2025/supervision.json', import.meta.url)), 'utf8')))
const text = (word: string) => ({ zh: word, en: word })

describe('a case', () => {
  test('waits as long as one of its letters does, and is answered when all were', () => {
    expect([caseStateOf([]), caseStateOf(['draft']), caseStateOf(['withdrawn']), caseStateOf(['answered', 'sent']), caseStateOf(['acknowledged']), caseStateOf(['answered', 'withdrawn', 'draft'])]).toEqual(['open', 'open', 'open', 'notified', 'notified', 'answered'])
  })

  test('closes by itself where everything is met: a standard that is taken away meets nothing, and nothing closes what is about nothing', () => {
    expect([closesItself(['met', 'met']), closesItself(['met', 'gap']), closesItself(['met', 'no_standard']), closesItself([])]).toEqual([true, false, false, false])
  })

  test('opens again where a gap comes back that was met when it closed, and within its time; what an officer closed unmet stays closed', () => {
    const closed = { closedOn: '2026-06-01', within: 30 }
    expect(reopensItself(closed, [{ wasMet: true, state: 'gap' }], '2026-07-01')).toBe(true)
    expect(reopensItself(closed, [{ wasMet: true, state: 'gap' }], '2026-07-02')).toBe(false)
    expect(reopensItself(closed, [{ wasMet: false, state: 'gap' }, { wasMet: true, state: 'met' }], '2026-06-02')).toBe(false)
    expect(reopensItself(closed, [{ wasMet: true, state: 'no_standard' }], '2026-06-02')).toBe(false)
  })

  test('is named by its year and number', () => {
    expect([caseNumbered('2026-12'), caseNumbered('2026-0'), caseNumbered('2026-012'), caseNumbered('12')]).toEqual([{ year: 2026, number: 12 }, null, null, null])
  })
})

test('a letter goes to the company for what it can do, and to the province for what it or its hospitals can', () => {
  for (const act of gapActs) expect(officesFor([act]), act).toEqual([actorOf(act) === 'company' ? 'company' : 'province'])
  expect([officesFor(['supply', 'admit']), officesFor(['declare']), officesFor(['admit'])]).toEqual([['company', 'province'], ['company'], ['province']])
})

test('the ladder is climbed a step at a time, each when its time has come', () => {
  const two = ['remind', 'tell_regulator']
  expect([stepDue(rules.ladder, [], 0), stepDue(rules.ladder, [], 1)?.code, stepDue(rules.ladder, [], 30)?.code, stepDue(rules.ladder, two, 9), stepDue(rules.ladder, two, 10)?.code, stepDue(rules.ladder, rules.ladder.map(({ code }) => code), 99)]).toEqual([null, 'remind', 'remind', null, 'interview', null])
  // A ladder that gets a step more, or loses one, takes none twice and leaves none out.
  expect(stepDue(rules.ladder.filter(({ code }) => code !== 'remind'), ['remind'], 30)?.code).toBe('tell_regulator')
  expect(stepDue([{ ...rules.ladder[0]!, code: 'first' }, ...rules.ladder], two, 30)?.code).toBe('first')
})

test('of what it keeps itself the national regulator is not told: that step is for cases of units alone', () => {
  const steps = (unit: string | null) => ladderFor(rules, unit).map(({ does }) => does)
  expect([steps('370000').includes('tell_regulator'), steps(null)]).toEqual([true, steps('370000').filter((does) => does !== 'tell_regulator')])
  expect(ladderFor(null, null)).toEqual([])
})

test('nothing that decides is taken by a counter, and of the commercial list none removes: none is published', () => {
  expect(rules.removal).toBeNull()
  expect(rules.ladder.filter(({ does }) => does === 'decide').every(({ by }) => by === 'officer')).toBe(true)
  expect(Supervision.shape.ladder.safeParse([{ ...rules.ladder[2], by: 'day' }]).success).toBe(false)
})

describe('a letter', () => {
  const facts: LetterFacts = {
    list: { name: { zh: '某目录', en: 'a list' }, inForce: '2026-01-01' }, to: 'company', addressee: { zh: '某公司', en: 'A Company' }, unit: null, number: { year: 2026, number: 3 }, evidence: 'declared', day: '2026-06-30', dueOn: '2026-07-14',
    gaps: [{ drug: 'alpha', unit: 'N', reason: 'nobody_stocks', institutions: 0, cities: 0, minInstitutions: 3, minCities: 2 }, { drug: 'alpha', unit: 'S', reason: 'not_reported', institutions: 1, cities: 1, minInstitutions: 1, minCities: 0 }],
    drugName: (code) => ({ zh: `药品${code}`, en: code }), unitName: (code) => ({ zh: `${code}省`, en: code }), note: null,
  }

  test('leaves no word of its template open, to whomever and in whichever language', () => {
    for (const to of ['company', 'province'] as const) for (const unit of [null, text('North')]) for (const number of [facts.number, null]) {
      expect(JSON.stringify(lettersOf(rules, { ...facts, to, unit, number }))).not.toMatch(/\{\w+\}/)
    }
  })

  test('says in Chinese who writes, under which number, what is lacking where, and by when it is answered', () => {
    const { zh } = lettersOf(rules, facts)
    expect([zh.issuer, zh.number, zh.title, zh.salutation, zh.date]).toEqual(['国家医疗保障部门', '商药督函〔2026〕3号', '关于药品alpha配备情况的督导函', '某公司：', '2026年6月30日'])
    expect(zh.paragraphs.join('')).toContain('于2026年7月14日前书面答复')
    expect(zh.rows).toEqual([['1', '药品alpha', 'N省', '0家机构，0个地市', '3家机构，2个地市', '无机构配备'], ['2', '药品alpha', 'S省', '1家机构', '1家机构', '未报送']])
    expect(lettersOf(rules, { ...facts, unit: { zh: '山东', en: 'Shandong' } }).zh.number).toBe('山东商药督函〔2026〕3号')
    expect(dayWritten('2026-07-04', 'en')).toBe('4 July 2026')
  })

  test('says of whom its figures are: of some kinds, of the eligible alone; and what residents within reach are asked', () => {
    const rows = (gap: Partial<LetterFacts['gaps'][number]>) => {
      const { zh, en } = lettersOf(rules, { ...facts, gaps: [{ ...facts.gaps[0]!, institutions: 4, minInstitutions: 12, cities: 2, ...gap }] })
      return [zh.rows[0]!.slice(3, 5), en.rows[0]!.slice(3, 5)]
    }
    const everybody: NonNullable<LetterFacts['gaps'][number]['kinds']> = ['hospital', 'pharmacy', 'other']
    expect(rows({ kinds: ['hospital'], eligibleOnly: true, minCities: 0 })).toEqual([['符合条件的定点医疗机构4家', '符合条件的定点医疗机构12家'], ['eligible hospitals: 4', 'eligible hospitals: 12']])
    expect(rows({ kinds: ['pharmacy', 'hospital'], eligibleOnly: false })).toEqual([['定点医疗机构、定点零售药店4家，2个地市', '定点医疗机构、定点零售药店12家，2个地市'], ['hospitals, pharmacies: 4, cities: 2', 'hospitals, pharmacies: 12, cities: 2']])
    expect(rows({ kinds: everybody, eligibleOnly: true, minCities: 0 })[0]).toEqual(['符合条件的机构4家', '符合条件的机构12家'])
    expect(rows({ kinds: everybody, eligibleOnly: false, minCities: 0 })).toEqual(rows({ minCities: 0 }))
    expect(rows({ kinds: everybody, eligibleOnly: false, minCities: 0, reach: { km: 150, share: 90, reached: 81.4 } })[0]).toEqual(['4家机构，150公里内居民81.4%', '12家机构，150公里内居民90%'])
    expect(rows({ kinds: everybody, eligibleOnly: false, minCities: 0, reach: { km: 150, share: 90, reached: null } })[0]![0]).toBe('4家机构，150公里内居民未评定')
    // An edition that was loaded before it could say so.
    const { counted: _, ...before } = rules.letters.company.zh
    const old = { ...rules, letters: { ...rules.letters, company: { ...rules.letters.company, zh: before } } }
    expect(lettersOf(old, { ...facts, gaps: [{ ...facts.gaps[0]!, kinds: ['hospital'], eligibleOnly: true }] }).zh.rows[0]![3]).toBe('符合条件的定点医疗机构0家，0个地市')
  })

  test('says in English one place, or several', () => {
    const first = (to: 'company' | 'province', gaps: LetterFacts['gaps']) => lettersOf(rules, { ...facts, to, gaps }).en.paragraphs[0]!
    const [north, south] = [facts.gaps[0]!, facts.gaps[1]!]
    expect(first('company', [north])).toContain('is below its standard in one place; it is named in the attachment.')
    expect(first('company', [north, south])).toContain('is below its standard in 2 places, 2 in all; they are named in the attachment.')
    expect(first('company', [north, { ...north, drug: 'beta' }])).toContain('in one place, 2 drugs in all;')
    expect(first('province', [north])).toContain('is below its standard in your area; it is named in the attachment.')
  })

  test('has no number as long as it is a draft, and a paragraph more where the officer wrote one', () => {
    const draft = lettersOf(rules, { ...facts, number: null, note: '请派员面谈。' }).zh
    expect([draft.number, draft.paragraphs.at(-1)]).toEqual([null, '请派员面谈。'])
  })
})

test('a file is of the kind that its name and its first bytes say together, or is not taken', () => {
  const bytes = (...values: (number | string)[]) => new Uint8Array(values.flatMap((one) => (typeof one === 'number' ? [one] : [...one].map((letter) => letter.charCodeAt(0)))))
  expect(attachmentTypeOf('scan.PDF', bytes('%PDF-1.7'))).toBe('application/pdf')
  expect(attachmentTypeOf('scan.jpeg', bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg')
  for (const [name, head] of [['scan.pdf', bytes('<html>')], ['page.html', bytes('%PDF-1.7')], ['scan', bytes('%PDF-1.7')], ['scan.svg', bytes('<svg')], ['x.constructor', bytes('%PDF-')]] as const) expect(attachmentTypeOf(name, head), name).toBeNull()
})
