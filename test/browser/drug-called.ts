import { readFileSync } from 'node:fs'

const drugs = JSON.parse(readFileSync(new URL('../../db/editions/commercial-2025/drugs.json', import.meta.url), 'utf8')) as { code: string; aliases: string[] }[]

/** A drug's code by its INN as the published bulletins write it. */
export function drugCalled(slug: string): string {
  const drug = drugs.find(({ aliases }) => aliases.includes(slug))
  if (!drug) throw new Error(`no drug ${slug}`)
  return drug.code
}
