import { z } from '@hono/zod-openapi'

/** The header that names which version of something is changed: of two who change it at once, one does. */
export const AtVersion = z.object({
  'If-Match': z.string({ error: 'name the version of what you change, such as "1"' }).regex(/^\s*(?:W\/)?"?\d{1,9}"?\s*$/, 'a version such as "1"')
    .openapi({ description: 'The version that is changed: of two who change it at once, one does.', example: '"1"' }),
})

/** The version that a header names. */
export function versionIn({ 'If-Match': text }: z.infer<typeof AtVersion>): number {
  return Number(/\d+/.exec(text)![0])
}
