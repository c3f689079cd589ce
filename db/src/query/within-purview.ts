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

/** Supervision cases (as `k`) that the asker's own office keeps. */
export function casesKeptWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`coalesce(k.unit_id = (select w.id from unit w join list l on l.region_set_id = w.region_set_id where l.id = k.list_id and w.code = ${purview.unit}), false)`
    default: return sql`false`
  }
}

/** Letters (as `n`, of cases `k`) that are the asker's to see: his office's, or such as are for him; of drafts, he for whom they are hears nothing. */
export function noticesWithin(purview: Purview): SQL {
  return sql`(${casesKeptWithin(purview)} or (n.number is not null and ${noticesFor(purview)}))`
}

/** Letters (as `n`) that are for the asker. */
export function noticesFor(purview: Purview): SQL {
  switch (purview.of) {
    case 'unit': return sql`n.unit_id in (select w.id from unit w where w.code = ${purview.unit})`
    case 'company': return sql`n.company_id in (select y.id from company y where y.code = ${purview.company})`
    default: return sql`false`
  }
}

/** Supervision cases (as `k`) of which the asker may know: those that his office keeps, and those with a letter for him. */
export function casesWithin(purview: Purview): SQL {
  return sql`(${casesKeptWithin(purview)} or exists (select from notice n where n.case_id = k.id and n.number is not null and ${noticesFor(purview)}))`
}

/** Company requests (as `q`) that the asker may see: his own company's, those that his unit's office has or had, or all. */
export function companyRequestsWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'company': return sql`q.company_id in (select y.id from company y where y.code = ${purview.company})`
    case 'unit': return sql`exists (select from company_request_event e join unit w on w.id = e.office_id where e.request_id = q.id and w.code = ${purview.unit})`
    default: return sql`false`
  }
}

/** Candidacies (as `c`) of which the asker sees all, published or not: his own company's, or every one. */
export function candidaciesWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'company': return sql`coalesce(c.company_id in (select o.id from company o where o.code = ${purview.company}), false)`
    default: return sql`false`
  }
}

/** Demands (as `d`) of which the asker may know: his unit's, those of institutions of his city, his company's drugs', his institution's own, or all. */
export function demandsWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`d.unit_id in (select w.id from unit w where w.code = ${purview.unit})`
    // Doctors register for a city without an account: how many there are of it is told to its province.
    case 'city': return sql`(d.institution_id is not null and d.unit_id in (select w.id from unit w where w.code = ${purview.unit}) and d.city_id in (select c.id from region c where c.code = ${purview.city}))`
    case 'company': return sql`d.drug_id in (select r.id from drug r join company y on y.id = r.company_id where y.code = ${purview.company})`
    case 'institution': return sql`d.institution_id in (select i.id from institution i where i.code = ${purview.institution})`
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

/** Facts of the ladder (as `f`, of drugs `d` and units `u`, entered by companies `y`) that are the asker's: a company's those that it entered, a province's those that name it. */
export function ladderFactsWithin(purview: Purview): SQL {
  switch (purview.of) {
    case 'all': return sql`true`
    case 'unit': return sql`coalesce(u.code = ${purview.unit}, false)`
    case 'company': return sql`coalesce(y.code = ${purview.company}, false)`
    default: return sql`false`
  }
}
