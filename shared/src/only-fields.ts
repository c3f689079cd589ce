import { z } from 'zod'

/** An object of these fields and no others: what is said beside them is refused by name, with the names that there are. A field that nobody reads would answer another question than the asker thinks. */
export function onlyFields<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ')
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? `there is no such field; there are ${names}` : undefined) })
}
