import { listCode } from '../../../support/edition.js'
import type { Question } from './table.js'

/*
 * Who may what of feeds, read as `table.ts` says: the regulator sees them, the system administrator keeps them. In this
 * world nothing is open to feeds: what is said of a place is refused to who may say it.
 */

const said = { name: 'new', where: { kind: 'folder', folder: '/nowhere' }, file: '*', schedule: { every: 'hours', count: 1 }, dayFrom: 'run', enabled: true }
const ofNorth = { what: 'of the province', path: { feed: '<feed north>' } }

export const feeds: Record<string, Question[]> = {
  'get /api/feeds': [{ what: 'all feeds', to: { 200: 'reader operator system operator_of_other' } }],
  'get /api/feeds/{feed}/runs': [{ ...ofNorth, to: { 200: 'reader operator system' } }],
  'post /api/feeds': [{ what: 'of a source', body: { list: listCode, source: '<source north>', ...said }, to: { 422: 'system' } }],
  'put /api/feeds/{feed}': [{ ...ofNorth, headers: { 'if-match': '"1"' }, body: said, to: { 422: 'system' } }],
  'post /api/feeds/{feed}/runs': [{ ...ofNorth, to: { 200: 'system' } }],
  'delete /api/feeds/{feed}/runs/{run}': [{ what: 'that has not begun', path: { feed: '<feed north>', run: '1' }, to: { 409: 'system' } }],
  'delete /api/feeds/{feed}': [{ what: 'to be ended', path: { feed: '<feed to end>' }, headers: { 'if-match': '"1"' }, to: { 200: 'system' } }],
}
