import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandOf, drugPeers, fewestForBand, peersAtMost, unitPeers, type Classed, type Sized } from '@lastmile/shared/peers'

/*
 * With whom a province or a drug is compared, and what is said of them together: never of fewer than five, never with
 * itself, never in a way that shows a rival's figure by its name.
 */

const figures = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 40 })

describe('a band', () => {
  test('is told of five and not of four', () => {
    expect(bandOf([4, 1, 3, 2])).toBeNull()
    expect(bandOf([5, 4, 1, 3, 2])).toEqual({ low: 1, lower: 2, median: 3, upper: 4, high: 5 })
  })

  test('has its quartiles between two members where they fall there', () => {
    expect(bandOf([0, 10, 20, 30, 40, 50])).toEqual({ low: 0, lower: 12.5, median: 25, upper: 37.5, high: 50 })
  })

  test('rises from the lowest member to the highest, has half of them on either side of its middle, and does not depend on their order', () => {
    fc.assert(fc.property(figures, (some) => {
      const band = bandOf(some)
      expect(band === null).toBe(some.length < fewestForBand)
      if (band === null) return
      const { low, lower, median, upper, high } = band
      expect([low, high]).toEqual([Math.min(...some), Math.max(...some)])
      expect([low, lower, median, upper, high]).toEqual([low, lower, median, upper, high].sort((a, b) => a - b))
      for (const [mark, share] of [[lower, 0.25], [median, 0.5], [upper, 0.75]] as const) {
        expect(some.filter((one) => one <= mark).length).toBeGreaterThanOrEqual(some.length * share - 1)
        expect(some.filter((one) => one >= mark).length).toBeGreaterThanOrEqual(some.length * (1 - share) - 1)
      }
      expect(bandOf([...some].reverse())).toEqual(band)
    }))
  })
})

describe('provinces of similar size', () => {
  const unit = (code: string, population: number | null): Sized => ({ code, population })
  const country = [unit('a', 100), unit('b', 90), unit('c', 55), unit('d', 180), unit('e', 210), unit('f', 20), unit('g', 1_000), unit('h', null)]
  const codes = (code: string, units = country) => unitPeers(code, units)?.map((one) => one.code)

  test('have half to twice its residents, the nearest first; where these are under five, the five nearest', () => {
    expect(codes('a')).toEqual(['b', 'd', 'c', 'e', 'f'])
    expect(codes('g')).toEqual(['e', 'd', 'a', 'b', 'c'])
  })

  test('are eight at most, though more are of its size', () => {
    const alike = Array.from({ length: 20 }, (_, i) => unit(`u${String(i).padStart(2, '0')}`, 100 + i))
    expect(codes('u00', alike)).toEqual(['u01', 'u02', 'u03', 'u04', 'u05', 'u06', 'u07', 'u08'])
  })

  test('are nobody where its own residents are not loaded, and none of them is one whose are not', () => {
    expect(unitPeers('h', country)).toBeNull()
    expect(unitPeers('z', country)).toBeNull()
    expect(codes('f')).not.toContain('h')
  })

  const countries = fc.array(fc.record({ population: fc.option(fc.integer({ min: 1, max: 2_000_000_000 }), { nil: null }) }), { minLength: 1, maxLength: 60 }).map((some) => some.map(({ population }, i) => unit(`u${i}`, population)))

  test('are never itself, each once, at least five where there are five, and nobody nearer is left out', () => {
    fc.assert(fc.property(countries, (units) => {
      for (const { code, population } of units) {
        const peers = unitPeers(code, units)
        expect(peers === null).toBe(population === null)
        if (peers === null || population === null) continue
        const others = units.filter((one) => one.code !== code && one.population !== null)
        expect(new Set(peers.map((one) => one.code)).size).toBe(peers.length)
        expect(peers.some((one) => one.code === code)).toBe(false)
        expect(peers.length).toBeLessThanOrEqual(peersAtMost)
        expect(peers.length).toBeGreaterThanOrEqual(Math.min(fewestForBand, others.length))
        const farness = (own: number) => Math.max(own / population, population / own)
        const farthest = Math.max(1, ...peers.map((one) => farness(one.population)))
        const left = others.filter((one) => !peers.some((peer) => peer.code === one.code))
        for (const one of left) expect(farness(one.population!)).toBeGreaterThanOrEqual(farthest * (1 - 1e-9))
      }
    }))
  })
})

describe('drugs of the same class', () => {
  const drug = (code: string, company: string, categoryCode: string | null, judgedBy: Classed['judgedBy'] = 'counts'): Classed => ({ code, company, categoryCode, judgedBy })
  const list = [
    drug('car-t 1', 'one', 'XL01XL'), drug('car-t 2', 'two', 'XL01XL'), drug('car-t 3', 'three', 'XL01XL'), drug('other 4', 'four', 'XL01XX'), drug('other 5', 'five', 'XL01XX'), drug('other 6', 'one', 'XL01XX'), drug('other 7', 'seven', 'XL01XX'),
    drug('nerve', 'eight', 'XN06DX'), drug('rare 1', 'nine', 'XA16AX', 'reach'), drug('rare 2', 'ten', 'XL01XX', 'reach'), drug('uncoded', 'eleven', null),
  ]
  const peers = (code: string) => drugPeers(list.find((one) => one.code === code)!, list)

  test('share as many letters of their category code as leave five of them; its company\'s own are not among them', () => {
    expect(peers('car-t 1')).toEqual({ class: 'XL01X', drugs: ['car-t 2', 'car-t 3', 'other 4', 'other 5', 'other 7'] })
  })

  test('are all that are judged as it is where letters tell nobody apart, and for a drug without a code', () => {
    expect(peers('nerve').class).toBe('X')
    expect(peers('uncoded')).toMatchObject({ class: '', drugs: expect.not.arrayContaining(['rare 1', 'rare 2']) as string[] })
    expect(peers('rare 1')).toEqual({ class: '', drugs: ['rare 2'] })
  })

  const lists = fc.array(fc.record({
    company: fc.constantFrom('one', 'two', 'three', 'four', 'five', 'six', 'seven'), categoryCode: fc.option(fc.constantFrom('XL01FX', 'XL01FD', 'XL01XL', 'XA16AX', 'XN06DX'), { nil: null }), judgedBy: fc.constantFrom('counts' as const, 'reach' as const),
  }), { minLength: 1, maxLength: 40 }).map((some) => some.map((one, i): Classed => ({ code: `d${i}`, ...one })))

  test('are never of its own company nor judged otherwise, and five at least wherever there are five such drugs', () => {
    fc.assert(fc.property(lists, (drugs) => {
      for (const own of drugs) {
        const found = drugPeers(own, drugs)
        const others = drugs.filter((one) => one.company !== own.company && one.judgedBy === own.judgedBy)
        const members = found.drugs.map((code) => drugs.find((one) => one.code === code)!)
        expect(members.every((one) => others.includes(one) && (one.categoryCode ?? '').startsWith(found.class))).toBe(true)
        expect(members.length).toBeGreaterThanOrEqual(Math.min(fewestForBand, others.length))
        if (found.class === '') expect(members).toHaveLength(others.length)
      }
    }))
  })
})
