import { expect, test } from 'vitest'
import { factDays } from '@lastmile/shared/fact-day'

/* From which day on a fact of the ladder can hold. */

test('a company says what is up to today, an office what comes within a year; nothing is so before the drug was launched, or before a stated bound', () => {
  const of = { today: '2026-06-30', inForce: '2026-01-01', launched: null }
  expect(factDays({ ...of, origin: 'company' })).toEqual({ first: '2016-01-01', last: '2026-06-30' })
  expect(factDays({ ...of, origin: 'province' })).toEqual({ first: '2016-01-01', last: '2027-07-01' })
  for (const [launched, first] of [['2024', '2024-01-01'], ['2024-05', '2024-05-01'], ['2024-05-20', '2024-05-20']] as const) expect(factDays({ ...of, origin: 'company', launched }).first).toBe(first)
})
