import { z } from 'zod'
import { Day } from './day.js'
import { Evidence } from './evidence.js'
import { Text } from './text.js'

/** A list edition as `/lists` answers it. `today` is the edition's own. */
export const List = z.strictObject({
  code: z.string(),
  name: Text,
  document: Text.nullable(),
  regionSet: z.string(),
  timeZone: z.string(),
  inForce: Day,
  validTo: Day.nullable(),
  clock: z.enum(['living', 'closed', 'demonstration']),
  today: Day,
  demonstration: z.boolean(),
  drugsListed: z.int(),
  /** Kinds of evidence of which at least one report was accepted. */
  evidences: z.array(Evidence),
  /** Moves with every change of the list's data. */
  version: z.int(),
})
export type List = z.infer<typeof List>

export const ListsAnswer = z.strictObject({ lists: z.array(List) })
export type ListsAnswer = z.infer<typeof ListsAnswer>
