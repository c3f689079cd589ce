import type { z } from '@hono/zod-openapi'

/** The first thing that a schema finds wrong: the field it is about (empty where it is the whole) and what is wrong with it. Of a field that there is not, its name. */
export function wrongField({ issues }: { issues: readonly z.core.$ZodIssue[] }): { field: string; message: string } {
  const issue = issues[0]!
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!.slice(0, 80)] : issue.path
  return { field: path.join('.'), message: issue.message }
}
