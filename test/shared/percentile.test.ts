import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentile } from '@lastmile/shared/percentile'

test('a percentile lies between two figures as far as its share says, and of whole ones four times a quartile is whole', () => {
  expect([percentile([4], 0.9), percentile([0, 10], 0.25), percentile([1, 2, 3, 4], 0.5), percentile([5, 9], 0), percentile([5, 9], 1)]).toEqual([4, 2.5, 2.5, 5, 9])
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 40 }), fc.constantFrom(0.25, 0.5, 0.75), (figures, share) => {
    expect(Number.isInteger(4 * percentile(figures.sort((a, b) => a - b), share))).toBe(true)
  }))
})
