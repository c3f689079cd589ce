import type { Position } from '@lastmile/shared/position'
import type { Text } from '@lastmile/shared/text'

/** From where the nearest are asked for: the middle of a place, degrees as typed, or what the browser says. Kept in the page's memory alone. */
export type Whence = { position: Position } & ({ by: 'place'; name: Text } | { by: 'degrees' } | { by: 'device' })

/** The ways to say it. */
export const ways = ['place', 'degrees', 'device'] as const
export type Way = (typeof ways)[number]
