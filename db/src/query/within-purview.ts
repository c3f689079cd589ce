import { sql, type SQL } from 'drizzle-orm'
import type { Purview } from '@lastmile/shared/purview'

/*
 * The clauses that keep a query within what its asker may see: what `holdsPair` and `holdsSender` (shared) say of one
 * thing, said of rows. Every query of what is not public takes a purview and has one of them.
 */

/** Sources (as `o`) whose office is the asker's. */
export function sourcesWithin(purview: Purview): SQL {
  return sendersWithin(purview, sql`o.data->'scope'->'regions'`)
}

/** Reports (as `r`, of sources `o`) whose sender's office is the asker's. Of a city is a report of its own unit's offices that speaks of that city alone. */
export function reportsWithin(purview: Purview): SQL {
  return sendersWithin(purview, sql`r.scope->'regions'`)
}

/** Institutions (as `i`, of units `u`) whose retail prices are the asker's to see: all, those of his unit, or his own. */
export function retailWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`u.code = ${purview.unit}`
    case 'institution': return sql`i.code = ${purview.institution}`
    default: return sql`false`
  }
}

/** Drugs (of companies `c`) whose settlement price is the asker's to see: all, or his company's. */
export function settlementWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'company': return sql`c.code = ${purview.company}`
    default: return sql`false`
  }
}

/** Plans (as `p`) that are the asker's to keep: an insurer's own. */
export function plansWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'insurer': return sql`p.insurer = ${purview.insurer}`
    default: return sql`false`
  }
}

/** Institutions (as `i`, of units `u` and cities `c`) that are the asker's: all, those of his unit or city, or his own. */
export function institutionsWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`u.code = ${purview.unit}`
    case 'city': return sql`u.code = ${purview.unit} and c.code = ${purview.city}`
    case 'institution': return sql`i.code = ${purview.institution}`
    default: return sql`false`
  }
}

function sendersWithin(purview: Purview, regions: SQL): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`o.data->>'unit' = ${purview.unit}`
    case 'city': return sql`o.data->>'unit' = ${purview.unit} and ${regions} <> '[]' and ${regions} <@ jsonb_build_array(${purview.city}::text)`
    case 'company': return sql`o.data->>'company' = ${purview.company}`
    case 'institution': return sql`o.data->>'institution' = ${purview.institution}`
    case 'source': return sql`o.code = ${purview.source}`
    case 'insurer': return sql`false`
    case 'nothing': return sql`false`
  }
}
