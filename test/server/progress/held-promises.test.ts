import { expect, test } from 'vitest'
import { newHeldPromises } from '@lastmile/server/progress/held-promises'

const settled = async () => new Promise((resolve) => setImmediate(resolve))

test('holds no more bytes than it may, however few they are, and lets go of what was asked for longest ago', async () => {
  const held = newHeldPromises<number>(16, 100, (bytes) => bytes)
  for (const key of ['a', 'b', 'c']) held.hold(key, Promise.resolve(40))
  await settled()
  expect(['a', 'b', 'c'].map((key) => held.find(key) !== undefined)).toEqual([false, true, true])
  held.find('b')
  held.hold('d', Promise.resolve(60))
  await settled()
  expect(['b', 'c', 'd'].map((key) => held.find(key) !== undefined)).toEqual([true, false, true])
  // One that is larger than all may be together is held for nobody, and drives nobody out.
  held.hold('large', Promise.resolve(101))
  await settled()
  expect(['b', 'd', 'large'].map((key) => held.find(key) !== undefined)).toEqual([true, true, false])
})

test('holds no more than so many, and none that nobody is to keep', async () => {
  const held = newHeldPromises<number>(2, 100, () => 1)
  for (const key of ['a', 'b', 'c']) held.hold(key, Promise.resolve(1))
  expect(['a', 'b', 'c'].map((key) => held.find(key) !== undefined)).toEqual([false, true, true])
  held.keep((key) => key === 'c')
  expect(['b', 'c'].map((key) => held.find(key) !== undefined)).toEqual([false, true])
})

test('what fails lets go of itself alone, not of what was begun anew under its key', async () => {
  const held = newHeldPromises<number>(2, 100, () => 1)
  let fail = () => {}
  const failing = new Promise<number>((_, reject) => (fail = () => reject(new Error('it failed'))))
  held.hold('a', failing)
  const anew = Promise.resolve(1)
  held.hold('a', anew)
  fail()
  await settled()
  held.drop('a', failing)
  expect(held.find('a')).toBe(anew)
  held.hold('b', Promise.reject(new Error('it failed')))
  await settled()
  expect(held.find('b')).toBeUndefined()
})
