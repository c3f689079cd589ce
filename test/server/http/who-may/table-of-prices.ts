import type { Question } from './table.js'

/*
 * Who may what of prices and of the audit, read as `table.ts` says. A retail price is its institution's, its province's
 * and the regulator's; a settlement price the regulator's, who enters it, and the owning company's. Neither is a city's,
 * a machine's, a command's, nor to be seen while one looks as another. The audit is the auditor's alone.
 */

/** Prices that stand nowhere else: those that `world.ts` sends, and those that are entered here. */
export const settled = { alpha: '5151.53', gamma: '4141.43' }

const entering = { validFrom: '2026-03-01', pack: 'a box' }

export const pricesAndAudit: Record<string, Question[]> = {
  'post /api/lists/{list}/prices/settlement': [{ what: 'of a drug', body: { drug: 'alpha', amount: settled.alpha, ...entering }, to: { 201: 'operator' } }],
  'post /api/lists/{list}/prices/settlement/file': [{ what: 'of another', form: {}, file: `drug_code,valid_from,amount,pack\ngamma,2026-03-01,${settled.gamma},a box`, to: { 200: 'operator' } }],
  'get /api/lists/{list}/prices/settlement': [
    { what: 'all', rows: { 'reader operator': 'alpha, gamma', acme: 'alpha', bestco: 'gamma' } },
    { what: 'of a drug', query: 'drug=<drug gamma>', rows: { 'reader operator bestco': 'gamma' } },
  ],
  'get /api/lists/{list}/prices/retail': [
    { what: 'all', rows: { 'reader operator north hospital': 'H1 alpha, H1 gamma', 'west corps pharmacy': '' } },
    { what: 'of a hospital', query: 'institution=<institution H1>', rows: { 'reader operator north hospital': 'H1 alpha, H1 gamma' } },
    { what: 'in a province', query: 'region=<region north>', rows: { 'reader operator north hospital': 'H1 alpha, H1 gamma', pharmacy: '' } },
    { what: 'exported', query: 'format=csv', to: { 200: 'reader operator north hospital west corps pharmacy' } },
  ],
  'get /api/lists/{list}/prices/monitoring': [{ what: 'all', to: { 200: 'reader operator' } }],
  'get /api/audit': [{ what: 'all', to: { 200: 'auditor' } }, { what: 'of the list', query: 'list=tiny-2026&format=csv', to: { 200: 'auditor' } }],
}

/** Whose each price is: whoever may ask for it, and whoever may open the file in which it came. It is found with nobody else, whatever is asked. */
export const ownersOf: Record<string, string> = {
  north: 'reader operator north hospital command key_north', 'hospital-1': 'reader operator north hospital command', maker: 'reader operator command acme key_maker',
  alpha: 'reader operator acme', gamma: 'reader operator bestco',
}
