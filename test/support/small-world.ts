import type { WorldFacts } from './given.js'

/** A world with one of everything: each kind of evidence, a correction, a price, a narrowed scope, a draft is sent by who needs one. */
export const smallWorld: WorldFacts = {
  institutions: { H1: '100100', H2: { at: '200100', opened: '2026-02-01' }, P1: '200200', H3: { at: '650100', unit: '660000' } },
  reports: [
    { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha in_stock price=12.50', 'P1 alpha out_of_stock reason=cold_chain', 'H2 beta on_order lead=5'] },
    { source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock quantity=3'] },
    { source: 'maker', asOf: '2026-06-20', corrects: 1, accepted: '2026-06-22', rows: ['H1 alpha in_stock', 'P1 alpha not_carried', 'H3 alpha in_stock'] },
    { source: 'hospitals', asOf: '2026-06-18', rows: ['H1 alpha in_stock @2026-06-15', 'H2 beta out_of_stock @2026-06-16'] },
    { source: 'sales', asOf: '2026-06-25', rows: ['H1 alpha @2026-06-24 quantity=2', 'H1 alpha @2026-06-25 quantity=1', 'P1 beta @2026-06-25'] },
  ],
}
