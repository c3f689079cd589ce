import { z } from 'zod'
import { Day } from './day.js'
import { Kind } from './kind.js'
import { Text } from './text.js'
import { State } from './state.js'
import { Standing } from './standing.js'
import { Page } from './page.js'

/** A place that may stock a drug, as its master row (or, for an address profile, its reports) gives it. */
export const Institution = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: Kind,
  level: z.string().nullable(),
  /** Null where nobody says in which unit it lies. */
  unit: z.string().nullable(),
  place: z.string().nullable(),
  city: z.string().nullable(),
  cityName: Text.nullable(),
  address: z.string().nullable(),
  /** Degrees; `datum` as the master says (WGS84 on the map; GCJ-02 is converted when loaded). */
  position: z.strictObject({ lat: z.number(), lng: z.number(), datum: z.string() }).nullable(),
  telephone: z.string().nullable(),
  dualChannel: z.boolean(),
  openedOn: Day.nullable(),
  closedOn: Day.nullable(),
  qualifications: z.array(z.string()),
})
export type Institution = z.infer<typeof Institution>

/** Answer of `/institutions`. With `drug` and `evidence`, each row says that pair's state and whether it is eligible. */
export const InstitutionsAnswer = z.strictObject({
  rows: z.array(Institution.extend({ state: State.nullable(), eligible: z.boolean().nullable() })),
  page: Page,
})
export type InstitutionsAnswer = z.infer<typeof InstitutionsAnswer>

/** Answer of `/institutions/{code}`: the institution and, for each listed drug, what each kind of evidence says. */
export const InstitutionAnswer = z.strictObject({
  institution: Institution,
  asOf: Day,
  drugs: z.array(z.strictObject({
    drug: z.string(),
    declared: State.nullable(),
    confirmed: State.nullable(),
    supplied: z.boolean(),
    standing: Standing.nullable(),
    eligible: z.boolean().nullable(),
  })),
})
export type InstitutionAnswer = z.infer<typeof InstitutionAnswer>
