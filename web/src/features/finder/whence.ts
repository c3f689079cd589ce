import type { Position } from '@lastmile/shared/position'
import type { Text } from '@lastmile/shared/text'

/** From where a drug is looked for: what the browser says, rounded, or the middle of a place that was chosen. A device's position is kept in the page's memory alone; a place that was chosen stands in the address. */
export type Whence = { position: Position } & ({ by: 'device' } | { by: 'place'; unit: string; city: string | null; name: Text })
