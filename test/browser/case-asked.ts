import type { Page } from 'playwright-core'

/** Asks for something of cases as the page is signed in. `version`: of the case as it was seen. */
export const asks = (page: Page, path: string, body: object, version?: number) => page.evaluate(async ([to, said, seen]) => {
  const answer = await fetch(`/api/lists/commercial-2025/cases${to}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(seen === null ? {} : { 'if-match': `"${seen}"` }) }, body: said })
  return (await answer.json()) as { cases: string[]; notice: string; version: number }
}, [path, JSON.stringify(body), version ?? null] as const)
