import { OpenAPIHono, z } from '@hono/zod-openapi'
import { Problem } from '@lastmile/shared/problem'
import { Refusal } from '../lib/refusal.js'

/** An empty chain of routes whose wrong parameters are answered as every other refusal is. */
export function newRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const issue = result.error.issues[0]!
      const field = issue.path.join('.')
      throw new Refusal(400, 'question.invalid', `${field || 'request'}: ${issue.message}`, field ? { field } : {})
    },
  })
}

/** The responses of a question: its answer, and the refusals every question can get. */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  const problem = (what: string) => ({ description: what, content: { 'application/json': { schema: Problem } } })
  return {
    200: { description: `${description} Also as CSV and XLSX by \`format=\`.`, content: { 'application/json': { schema } } },
    400: problem('A parameter is wrong: which, and why.'),
    404: problem('There is no such thing.'),
  }
}

/** Path parameters. */
export const ListPath = z.object({ list: z.string() })
