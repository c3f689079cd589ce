import { expect, test } from 'vitest'
import { headingsOf } from '@lastmile/server/reading/header'
import { profile } from './profiles.js'

test.each(['cn-monthly', 'cn-declaration', 'cn-supply', 'hhs-locator'])('the profile %s is sound: what it requires has headings, and no heading means two things', (code) => {
  const one = profile(code)
  expect(one.code).toBe(code)
  const named = Object.keys(one.columns)
  for (const field of [...one.required, ...one.filled]) expect(named).toContain(field)
  const headings = Object.values(one.columns).flat().map((heading) => heading.normalize('NFKC').trim().toLowerCase())
  expect(headingsOf(one).size).toBe(new Set(headings).size)
  const words = [...Object.values(one.statusWords), ...Object.values(one.reasonWords)].flat()
  expect(new Set(words).size).toBe(words.length)
})
