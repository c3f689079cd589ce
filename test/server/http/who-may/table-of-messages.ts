import type { Question } from './table.js'

/*
 * Who may what of messages, read as `table.ts` says: whoever has an account and looks as himself has an inbox, and sees in
 * it what was told to his office. Keys, commands, and who looks as another have none.
 */

/** What one does to one's own inbox changes nothing of another's: of what is not in it, nothing becomes of it. */
const ownInbox = { to: { 200: 'ACCOUNTS' } }

export const messages: Record<string, Question[]> = {
  'get /api/messages': [
    {
      what: 'all of one\'s own',
      rows: {
        operator: 'of north to reviewers, of nobody to operators, of nobody to operators of the other', north: 'of north, of north to reviewers, of north-city', city: 'of north-city', acme: 'of maker', hospital: 'of hospital-1', operator_of_other: 'of nobody to operators of the other',
        'reader system security auditor west corps next_city west_city corps_city bestco insurer pharmacy security_of_list': '',
      },
    },
    { what: 'about a source', query: 'source=north', rows: { operator: 'of north to reviewers', north: 'of north, of north to reviewers', 'reader system security auditor west corps city next_city west_city corps_city acme bestco insurer hospital pharmacy operator_of_other security_of_list': '' } },
  ],
  'get /api/messages/open': [{ what: 'how many', ...ownInbox }],
  'put /api/messages/acknowledged': [
    { what: 'another\'s among one\'s own', body: { messages: ['<message of maker>', '<message of north>'] }, ...ownInbox },
    { what: 'all', body: { all: true, upTo: '2026-01-01T00:00:00.000Z' }, ...ownInbox },
  ],
  'put /api/messages/mutes': [
    { what: 'a source', body: { list: 'tiny-2026', source: '<source north-city>' }, to: { 200: 'reader operator system security security_of_list north city' } },
    { what: 'a kind', body: { kind: 'report_approved' }, ...ownInbox },
  ],
  'delete /api/messages/mutes': [
    { what: 'a source', body: { list: 'tiny-2026', source: '<source north-city>' }, ...ownInbox },
    { what: 'a kind', body: { kind: 'report_approved' }, ...ownInbox },
  ],
  'get /api/messages/settings': [{ what: 'one\'s own', ...ownInbox }],
  'put /api/messages/settings': [{ what: 'one\'s own', body: { mail: 'off', language: 'zh' }, ...ownInbox }],
}
