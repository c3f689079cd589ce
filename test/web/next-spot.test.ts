import { describe, expect, test } from 'vitest'
import { nextSpot } from '../../web/src/map/next-spot.js'

const places = [{ key: 'west', x: 0, y: 5 }, { key: 'middle', x: 5, y: 5 }, { key: 'east', x: 10, y: 6 }, { key: 'north', x: 5, y: 0 }, { key: 'far north', x: 6, y: -20 }]

describe('the arrow keys on a map', () => {
  test('lead to the nearest place in their direction', () => {
    expect(nextSpot(places, 'middle', 'ArrowRight')).toBe('east')
    expect(nextSpot(places, 'middle', 'ArrowLeft')).toBe('west')
    expect(nextSpot(places, 'middle', 'ArrowUp')).toBe('north')
  })

  test('lead nowhere at the edge, and other keys lead nowhere', () => {
    expect(nextSpot(places, 'middle', 'ArrowDown')).toBeNull()
    expect(nextSpot(places, 'middle', 'Tab')).toBeNull()
  })

  test('reach the first and the last place', () => {
    expect(nextSpot(places, 'middle', 'Home')).toBe('west')
    expect(nextSpot(places, 'middle', 'End')).toBe('far north')
  })
})
