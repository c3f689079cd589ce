/**
 * The bytes of a report from its rows as people would say them: institution, drug, status, then what else a row has:
 * `@2026-01-15` observed on, `filed=2026-01-10`, `reason=cold_chain`, `lead=3`, `quantity=5`, `price=12.50`.
 *
 *     H1 alpha in_stock @2026-01-15 quantity=3
 *     H1 alpha @2026-01-15                        (a supply has no status)
 */
export function csvOf(rows: readonly string[]): Uint8Array {
  const read = rows.map(cellsOf)
  const columns = [...new Set(['institution_code', 'drug_code', ...read.flatMap((cells) => [...cells.keys()])])]
  const lines = read.map((cells) => columns.map((column) => cells.get(column) ?? '').join(','))
  return new TextEncoder().encode([columns.join(','), ...lines, ''].join('\n'))
}

const columnOf: Record<string, string> = { filed: 'reported_on', reason: 'reason', lead: 'lead_days', quantity: 'quantity', price: 'price' }

function cellsOf(row: string): Map<string, string> {
  const [institution = '', drug = '', ...rest] = row.trim().split(/\s+/)
  const cells = new Map([['institution_code', institution], ['drug_code', drug]])
  for (const word of rest) {
    const [name = '', value] = word.split('=')
    if (word.startsWith('@')) cells.set('observed_on', word.slice(1))
    else if (value === undefined) cells.set('status', word)
    else if (columnOf[name]) cells.set(columnOf[name], value)
    else throw new Error(`a row has no "${name}": ${row}`)
  }
  return cells
}

/** Where an institution stands: its city or county, or more of its master row. */
export type InstitutionFacts = string | { at: string; unit?: string; kind?: string; level?: string; opened?: string; closed?: string; qualifications?: string; dualChannel?: boolean; lat?: number; lng?: number }

/** The bytes of a master, with positions where any is stated. The first letter of a code is its kind: H hospital, P pharmacy, any other letter neither. */
export function masterOf(institutions: Readonly<Record<string, InstitutionFacts>>): Uint8Array {
  const placed = Object.values(institutions).some((facts) => typeof facts !== 'string' && facts.lat !== undefined)
  const lines = Object.entries(institutions).map(([code, facts]) => {
    const own = typeof facts === 'string' ? { at: facts } : facts
    const kind = own.kind ?? ({ H: 'hospital', P: 'pharmacy' }[code[0] ?? ''] ?? 'other')
    return [code, `Name of ${code}`, kind, own.at, own.unit ?? '', own.level ?? '', own.dualChannel ? 'true' : '', own.opened ?? '', own.closed ?? '', own.qualifications ?? '', ...(placed ? [own.lat ?? '', own.lng ?? ''] : [])].join(',')
  })
  return new TextEncoder().encode(['code,name,kind,region,unit,level,dual_channel,opened_on,closed_on,qualifications' + (placed ? ',latitude,longitude' : ''), ...lines, ''].join('\n'))
}
