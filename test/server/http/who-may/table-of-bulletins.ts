import type { Question } from './table.js'

/*
 * Who may what of bulletins, read as `table.ts` says. Published ones are everybody's. Others are their keepers': the
 * operator's, and of a province its officer's. Whom one names that is to be published sees his lines of it, and nothing of others'.
 */

/** Whoever keeps bulletins or is named by them, beside the operator; who has nothing to do with this list hears what the public does. */
const [officers, companies] = ['north west corps', 'acme bestco']
const others = 'anonymous disabled ended unproven reader system security auditor city next_city west_city corps_city insurer hospital pharmacy operator_of_other security_of_list key_north key_maker preview_north preview_acme command'
const of = (name: string) => ({ code: `<bulletin ${name}>` })
const form = (name: string, to: Question['to']) => ({ what: name, path: { ...of(name), form: 'data.csv' }, to: to! })

export const bulletins: Record<string, Question[]> = {
  'get /api/lists/{list}/bulletins': [
    { what: 'all', rows: { operator: '2026-1, 2026-2, 2026-3, 100000-2026-1', north: '2026-1, 2026-2, 100000-2026-1', [`west corps ${companies}`]: '2026-1, 2026-2', [others]: '2026-1' } },
    { what: 'that are frozen', query: 'state=frozen', rows: { operator: '2026-3, 100000-2026-1', north: '100000-2026-1', [`west corps ${companies} ${others}`]: '' } },
  ],
  'get /api/lists/{list}/bulletins/draft': [
    { what: 'of the whole', to: { 200: 'operator', 404: officers } },
    { what: 'of the North', query: 'region=<region north>', to: { 200: 'operator north' } },
  ],
  'get /api/lists/{list}/bulletins/draft/forms/{form}': [{ what: 'of the whole', path: { form: 'data.csv' }, to: { 200: 'operator', 404: officers } }],
  'get /api/lists/{list}/bulletins/{code}': [
    { what: 'published', path: of('published'), to: { 200: 'EVERYBODY' } },
    { what: 'to be published', path: of('to be'), to: { 200: `operator ${officers} ${companies}`, 404: 'PUBLIC' } },
    { what: 'frozen', path: of('frozen'), to: { 200: 'operator', 404: 'PUBLIC' } },
    { what: 'of the North', path: of('of north'), to: { 200: 'operator north', 404: 'PUBLIC' } },
  ],
  'get /api/lists/{list}/bulletins/{code}/forms/{form}': [form('published', { 200: 'EVERYBODY' }), form('to be', { 200: 'operator', 404: 'PUBLIC' }), form('of north', { 200: 'operator north', 404: 'PUBLIC' })],
  'get /api/lists/{list}/bulletins/{code}/remade': [{ what: 'published', path: of('published'), to: { 200: 'operator' } }, { what: 'of the North', path: of('of north'), to: { 200: 'operator north' } }],
  'get /api/lists/{list}/bulletins/{code}/lines': [
    { what: 'published', path: of('published'), to: { 200: `operator operator_of_other ${officers} ${companies}` } },
    { what: 'to be published', path: of('to be'), to: { 200: `operator ${officers} ${companies}` } },
    { what: 'of the North', path: of('of north'), to: { 200: 'operator north' } },
  ],
  'post /api/lists/{list}/bulletins/{code}/comments': [
    { what: 'of a company\'s line', path: { code: '2026-2' }, body: { line: '<line of gamma>', kind: 'correction', text: 'There are two.' }, to: { 201: 'bestco' } },
    { what: 'an answer to it', path: { code: '2026-2' }, body: { line: '<line of gamma>', kind: 'answer', text: 'We look into it.' }, to: { 201: 'operator' } },
  ],
  'post /api/lists/{list}/bulletins': [
    { what: 'of the whole', body: { evidence: 'supplied', asOf: '2026-03-12' }, to: { 201: 'operator', 404: officers } },
    { what: 'of the North, of which there is one', body: { evidence: 'confirmed', asOf: '2026-03-15', region: '100000' }, to: { 409: 'operator north', 404: 'west corps' } },
  ],
  'post /api/lists/{list}/bulletins/{code}/embargo': [{ what: 'of the North', path: of('of north'), body: { publishAt: '2026-04-10T02:00:00.000Z' }, to: { 200: 'north', 409: 'operator' } }],
  'delete /api/lists/{list}/bulletins/{code}/embargo': [{ what: 'of the North', path: of('of north'), to: { 200: 'north', 409: 'operator' } }],
  'post /api/lists/{list}/bulletins/{code}/withdrawal': [
    { what: 'of the North', path: of('of north'), body: { reason: 'a wrong figure' }, to: { 200: 'north', 409: 'operator' } },
    { what: 'to be published', path: of('to be'), body: { reason: 'a wrong figure' }, to: { 200: 'operator' } },
  ],
}
