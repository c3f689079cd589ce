import { z } from 'zod'

/** Version of the form of a copy: since 2 it can hold the secret of sessions. A program reads this one and earlier ones. */
export const copyFormat = 2

/** A file of a copy: where it lies in it, and what its bytes must be. */
export const Member = z.object({ path: z.string().regex(/^(?:(?:tables|journal|files)\/[A-Za-z0-9][A-Za-z0-9._-]*|secrets\/session-secret)$/), bytes: z.int().nonnegative(), sha256: z.string() })
export type Member = z.infer<typeof Member>

/** What a copy says of itself: the file `manifest.json` in its folder, written last. */
export const Manifest = z.object({
  format: z.int().min(1).max(copyFormat),
  /** Version of Lastmile that made it, and in which home the data were: it goes back into either. */
  program: z.string(),
  home: z.enum(['embedded', 'server']),
  /** The moment at which the data were so. */
  at: z.string(),
  data: z.object({ migration: z.string(), steps: z.array(z.string()) }),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int().nonnegative(), path: z.string() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
  members: z.array(Member),
})
export type Manifest = z.infer<typeof Manifest>

/** Where a copy holds the secret of sessions and second factors. */
export const secretName = 'secrets/session-secret'

export const manifestName = 'manifest.json'
/** Holds the manifest's own digest, as `sha256sum -c` reads it. */
export const manifestDigestName = 'manifest.json.sha256'
