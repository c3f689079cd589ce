import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { bandAlong, bandMembers, reachedBy, stepsOf, type Classified } from '@lastmile/shared/listing-curve'

/* How fast drugs reach places, and with whom that is compared, so that no rival can be worked out. */

/** A drug written `code company rare form group`. */
const drug = (text: string, listedOn = '2026-01-01', said = true): Classified => {
  const [code, company, need, form, group] = text.split(' ') as [string, string, string, Classified['supplyForm'], string]
  return { code, company, rareDisease: need === 'rare', supplyForm: form, categoryCode: group === '-' ? null : `${group}XX`, listedOn, said }
}
const rivals = (count: number, rest: string, from = 0) => Array.from({ length: count }, (_, i) => drug(`d${rest.replaceAll(' ', '')}${from + i} c${from + i} ${rest}`))
const levelOf = (company: string, drugs: Classified[]) => Object.fromEntries([...bandMembers(company, drugs)].map(([code, one]) => [code, one && `${one.class.level} ${one.companies}`]))

describe('with whom a drug is compared', () => {
  test('the narrowest class of five other companies; its own drugs are never among them', () => {
    const own = drug('own acme common shelf XL01')
    const twin = drug('twin acme common shelf XL01')
    const five = rivals(5, 'common shelf XL01')
    expect(levelOf('acme', [own, ...five])).toEqual({ own: 'therapeutic 5' })
    const members = bandMembers('acme', [own, twin, ...five])
    expect([members.get('own')!.drugs, members.get('twin')!.drugs].map((one) => one.includes('own') || one.includes('twin'))).toEqual([false, false])
    // Four others, however many drugs they have: a wider class, and at last none.
    const four = [...rivals(4, 'common shelf XL01'), drug('second c0 common shelf XL01')]
    expect(levelOf('acme', [own, ...four])).toEqual({ own: null })
    expect(levelOf('acme', [own, ...four, ...rivals(5, 'common shelf XN06', 10)])).toEqual({ own: 'supply_form 9' })
    expect(levelOf('acme', [own, ...four, ...rivals(5, 'common made_for_patient XL01', 10)])).toEqual({ own: 'need 9' })
    expect(levelOf('acme', [own, ...four, ...rivals(5, 'rare named_patient XA16', 10)])).toEqual({ own: 'list 9' })
  })

  test('a drug without a category is compared by its supply form; one that was listed later is compared with nobody', () => {
    expect(levelOf('acme', [drug('own acme common shelf -'), ...rivals(5, 'common shelf -')])).toEqual({ own: 'supply_form 5' })
    const late = rivals(5, 'common shelf XL01').map((one) => ({ ...one, listedOn: '2026-03-01' }))
    expect(levelOf('acme', [drug('own acme common shelf XL01'), ...late])).toEqual({ own: null })
  })

  test('drugs of which nothing was ever said are in no band: not known is not nothing; how many were left out is told', () => {
    const own = drug('own acme common shelf XL01')
    const silent = (count: number) => rivals(count, 'common shelf XL01', 20).map((one) => ({ ...one, said: false }))
    expect(bandMembers('acme', [own, ...rivals(5, 'common shelf XL01'), ...silent(3)]).get('own')).toMatchObject({ class: { level: 'therapeutic' }, companies: 5, silent: 3 })
    // They do not make up the five either.
    expect(bandMembers('acme', [own, ...rivals(4, 'common shelf XL01'), ...silent(3), ...rivals(1, 'common shelf XN06', 30)]).get('own')).toMatchObject({ class: { level: 'supply_form' }, companies: 5, silent: 3 })
    expect(bandMembers('acme', [own, ...silent(9)]).get('own')).toBeNull()
  })

  test('two bands that differ by one company alone are not both shown: the difference would be that one\'s', () => {
    // XL01 on the shelf has six others; the wider class has those six and one more.
    const six = rivals(6, 'common shelf XL01')
    const one = drug('odd zeta common shelf XN06')
    const drugs = [drug('a acme common shelf XL01'), drug('b acme common shelf XN06'), ...six, one]
    const [a, b] = [...bandMembers('acme', drugs).values()]
    expect([a!.class.level, b!.class.level, a!.drugs]).toEqual(['supply_form', 'supply_form', b!.drugs])
    // By a second drug of a company that is in both already, too.
    const second = drugs.map((each) => (each.code === 'odd' ? { ...each, company: 'c0' } : each))
    expect(levelOf('acme', second)).toEqual({ a: 'supply_form 6', b: 'supply_form 6' })
  })

  test('whatever the list: never fewer than five companies, never an own drug, and no difference of two bands of fewer than five', () => {
    const any = fc.array(fc.record({ company: fc.nat(9), rare: fc.boolean(), form: fc.constantFrom('shelf', 'named_patient', 'made_for_patient'), group: fc.constantFrom('XL01', 'XN06', '-'), day: fc.constantFrom('2026-01-01', '2026-02-01'), said: fc.constantFrom(true, true, true, true, false) }), { minLength: 12, maxLength: 60 })
    let bands = 0
    fc.assert(fc.property(any, (facts) => {
      const drugs = facts.map((one, i) => drug(`d${i} c${one.company} ${one.rare ? 'rare' : 'common'} ${one.form} ${one.group}`, one.day, one.said))
      const companiesOf = (codes: readonly string[]) => new Set(drugs.filter(({ code }) => codes.includes(code)).map(({ company }) => company))
      const shown = [...bandMembers('c0', drugs).values()].filter((one) => one !== null)
      bands += shown.length
      for (const one of shown) {
        expect(companiesOf(one.drugs).size).toBe(one.companies)
        expect(one.companies >= 5 && !companiesOf(one.drugs).has('c0')).toBe(true)
        expect(drugs.every(({ code, said }) => said || !one.drugs.includes(code))).toBe(true)
        for (const other of shown) {
          const beyond = companiesOf(one.drugs.filter((code) => !other.drugs.includes(code))).size
          expect(beyond === 0 || beyond >= 5).toBe(true)
        }
      }
    }), { numRuns: 500, seed: 7 })
    expect(bands).toBeGreaterThan(100)
  })
})

describe('a curve', () => {
  test('never falls, and what was there before the listing was there on its day', () => {
    const steps = stepsOf([{ day: 20_450, n: 2 }, { day: 20_454, n: 3 }, { day: 20_460, n: 1 }, { day: 20_470, n: 3 }, { day: 20_480, n: 7 }], '2026-01-01')
    expect(steps).toEqual([{ days: 0, n: 3 }, { days: 26, n: 7 }])
    expect([0, 25, 26, 400].map((days) => reachedBy(steps, days))).toEqual([3, 3, 7, 7])
  })

  test('a company counts once, however many drugs it has: the middle of their figures', () => {
    const at = (n: number) => [{ days: 0, n }]
    const others = [2, 4, 6, 8].map((n) => [at(n)])
    const [alone] = bandAlong([...others, [at(30)]], 0)
    expect(alone).toMatchObject({ lower: 4, median: 6, upper: 8 })
    expect(bandAlong([...others, Array.from({ length: 10 }, () => at(30))], 0)).toEqual([alone])
    expect(bandAlong([...others, [at(0), at(0), at(5), at(30), at(30)]], 0)[0]).toMatchObject({ lower: 4, median: 5, upper: 6 })
  })

  test('the band is the percentiles of what each company reached by a day; of fewer than ten companies it has no ends', () => {
    const companies = [0, 1, 2, 3, 4].map((late) => [[{ days: 10 + late, n: 1 + late }]])
    expect(bandAlong(companies, 13)).toEqual([
      { days: 0, low: null, lower: 0, median: 0, upper: 0, high: null }, { days: 11, low: null, lower: 0, median: 0, upper: 1, high: null },
      { days: 12, low: null, lower: 0, median: 1, upper: 2, high: null }, { days: 13, low: null, lower: 1, median: 2, upper: 3, high: null },
    ])
    const eleven = Array.from({ length: 11 }, (_, i) => [[{ days: 0, n: i }]])
    expect(bandAlong(eleven, 5)).toEqual([{ days: 0, low: 1, lower: 2.5, median: 5, upper: 7.5, high: 9 }])
  })
})
