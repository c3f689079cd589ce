/** Names that machines draw: the ids of requests and accounts, digests of files, codes of reports, facts, notices. Any five digits stand in one of them on some day. */
const drawn = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{12,}\b/g

/** Whether a word stands in a text; a number anywhere but in a name that a machine drew by chance. */
export function standsIn(text: string, value: string): boolean {
  if (!text.includes(value)) return false
  return !/^[\d.]+$/.test(value) || text.replace(drawn, '').includes(value)
}
