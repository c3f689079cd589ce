import { describe, expect, test } from 'vitest'
import { instantOf, wallClock } from '../../web/src/lib/zoned-time.js'

describe('an instant entered in a list’s own time zone', () => {
  test('is the same instant wherever the browser stands', () => {
    expect(instantOf('2026-03-01T10:00', 'Asia/Shanghai')).toBe('2026-03-01T02:00:00.000Z')
    expect(instantOf('2022-03-16T23:23', 'UTC')).toBe('2022-03-16T23:23:00.000Z')
  })

  test('reads back as it was entered, across changes of clocks too', () => {
    for (const zone of ['Asia/Shanghai', 'UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia']) {
      for (const clock of ['2026-01-01T00:00', '2026-03-08T01:59', '2026-03-08T03:00', '2026-07-31T23:59', '2026-11-01T03:00']) expect(wallClock(instantOf(clock, zone), zone)).toBe(clock)
    }
  })
})
