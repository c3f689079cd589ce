/** Where a page lies. */
export interface Window {
  offset: number
  limit: number
}

/** A page of what stands in parts, one after the other, each of which says how much it holds: parts before the page are passed by. */
export async function throughParts<Part extends { total: number }, Row>(parts: readonly Part[], { offset, limit }: Window, find: (part: Part, window: Window) => Promise<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  let before = offset
  for (const part of parts) {
    if (rows.length >= limit) break
    if (before < part.total) for (const row of await find(part, { offset: before, limit: limit - rows.length })) rows.push(row)
    before = Math.max(0, before - part.total)
  }
  return rows
}
