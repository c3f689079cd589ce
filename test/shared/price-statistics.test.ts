import { describe, expect, test } from 'vitest'
import { Amount } from '@lastmile/shared/price'
import { amountOf, ratioOfMedians, spreadOf, standingOut } from '@lastmile/shared/price-statistics'

const outliers = (prices: readonly number[]) => prices.flatMap((price) => {
  const side = standingOut(prices)(price)
  return side === null ? [] : [[price, side]]
})

describe('the spread of prices', () => {
  test('is said of three sellers and not of two, from whom each would know the other\'s price', () => {
    expect(spreadOf([1000, 3000, 2000])).toEqual({ low: '10.00', median: '20.00', high: '30.00' })
    expect(spreadOf([1000, 2000])).toBeNull()
    expect(spreadOf([])).toBeNull()
  })

  test('has its middle between the two middle prices, and half a hundredth counts up', () => {
    expect(spreadOf([100, 200, 301, 400])?.median).toBe('2.51')
    expect(spreadOf([100, 200, 300, 400])?.median).toBe('2.50')
  })

  test('is exact for the largest prices there are', () => {
    expect(spreadOf([9_999_999_999, 9_999_999_998, 9_999_999_997])).toEqual({ low: '99999999.97', median: '99999999.98', high: '99999999.99' })
  })
})

describe('the ratio of medians', () => {
  test('is to three decimals, and said only where both have three sellers', () => {
    expect(ratioOfMedians([110, 120, 130], [90, 110, 100, 110])).toBe(1.143)
    expect(ratioOfMedians([110, 120], [90, 100, 110])).toBeNull()
    expect(ratioOfMedians([110, 120, 130], [90, 100])).toBeNull()
  })
})

describe('a price stands out', () => {
  test('where it lies further beyond the quartiles than one and a half times what is between them', () => {
    // Quartiles 102 and 104: below 99 and above 107.
    expect(outliers([101, 102, 103, 104, 900])).toEqual([[900, 'high']])
    expect(outliers([1, 102, 103, 104, 105])).toEqual([[1, 'low']])
    expect(outliers([99, 102, 103, 104, 107])).toEqual([])
    expect(outliers([98, 102, 103, 104, 108])).toEqual([[98, 'low'], [108, 'high']])
  })

  test('by quartiles that lie between two prices', () => {
    // Six prices: quartiles 112.5 and 137.5, what is usual ends at 75 and 175.
    expect(outliers([75, 110, 120, 130, 140, 175])).toEqual([])
    expect(outliers([74, 110, 120, 130, 140, 176])).toEqual([[74, 'low'], [176, 'high']])
  })

  test('among five sellers, not among four', () => {
    expect(outliers([100, 100, 100, 900])).toEqual([])
    expect(outliers([100, 100, 100, 100, 900])).toEqual([[900, 'high']])
  })
})

test('an amount is written with two decimals and read back the same', () => {
  for (const [hundredths, text] of [[5, '0.05'], [100, '1.00'], [123_450, '1234.50']] as const) {
    expect(amountOf(hundredths)).toBe(text)
    expect(Amount.parse(text)).toBe(text)
  }
  expect(Amount.parse('1234.5')).toBe('1234.50')
})
