import { expect, test } from 'vitest'
import { companyRungs, enteredRungs, measureRungs, rungsToEnter, sayingsOf } from '@lastmile/shared/rung'

/* Who may state which rung of the ladder, and what of it. */

test('a company states the steps of its drug, and no measure of a province', () => {
  expect(rungsToEnter('company')).toEqual(['platform_listed', 'admitted', 'guide_listed', 'one_stop_settlement', 'settled'])
  expect(companyRungs.some((rung) => (measureRungs as readonly string[]).includes(rung))).toBe(false)
  for (const origin of ['province', 'regulator'] as const) expect(rungsToEnter(origin)).toEqual(enteredRungs)
  expect([sayingsOf('admitted', 'company'), sayingsOf('exclusion_drg', 'province'), sayingsOf('in_force', 'regulator')]).toEqual([['yes', 'conditional', 'no'], ['conditional', 'no'], ['yes', 'conditional', 'no', 'required']])
})
