import type { Question } from './table.js'

/*
 * Who may what of subscriptions, read as `table.ts` says: whoever looks after drugs or institutions subscribes to what is his,
 * and keeps his own; who operates sees whose they all are.
 */

const subscribers = 'reader operator north west corps city next_city west_city corps_city acme bestco hospital pharmacy'
const wanted = { list: 'tiny-2026', evidence: 'confirmed', events: ['gap_opened'] }

export const subscriptions: Record<string, Question[]> = {
  'get /api/subscriptions': [{ what: 'one\'s own', to: { 200: `${subscribers} operator_of_other` } }],
  'get /api/subscriptions/everybody': [{ what: 'everybody\'s', to: { 200: 'operator operator_of_other' } }],
  'post /api/subscriptions': [
    { what: 'to all of one\'s own', body: wanted, to: { 200: subscribers } },
    { what: 'to the same again', body: wanted, to: { 409: subscribers } },
    { what: 'to a drug of acme', body: { ...wanted, drug: 'alpha' }, to: { 200: subscribers.replace(' bestco', ''), 422: 'bestco' } },
    { what: 'to the North', body: { ...wanted, region: '100000', evidence: 'declared' }, to: { 200: 'reader operator north city next_city acme bestco hospital pharmacy', 422: 'west corps west_city corps_city' } },
  ],
  'put /api/subscriptions/{subscription}': [{ what: 'of north', path: { subscription: '<subscription of north>' }, body: { events: ['gap_closed'], pace: 'at_once' }, to: { 200: 'north' } }],
  'delete /api/subscriptions/{subscription}': [{ what: 'of north', path: { subscription: '<subscription of north>' }, to: { 200: 'north' } }],
}
