import { uploadLimits, type Profile } from '@lastmile/shared/source'
import { packInstitutions } from '@lastmile/server/reading/masters'
import type { ReadRequest } from '@lastmile/server/reading/read-report'
import type { Context } from './corpus-world.js'

/** What the reader is asked of a file that an officer of the corpus's province sends. */
export function requestOf({ institutions, drugs, limits, period, today }: Context, profile: Profile, content: ReadRequest['content'], filename: string, submitPeriod = period): ReadRequest {
  return {
    content, filename, profile,
    limits: { ...uploadLimits, maxUploadBytes: limits['max_upload_bytes']!, maxRows: limits['max_rows']! },
    masters: {
      drugs: drugs.map(({ code }, at) => ({ id: at + 1, code, aliases: [], inScope: true })),
      institutions: packInstitutions(institutions.map(({ code, active }, at) => ({ id: at + 1, code, kind: code.startsWith('H') ? 'hospital' as const : 'pharmacy' as const, active, inScope: code.slice(1, 3) === '37' }))),
      scopePrefixes: ['37'], regions: [],
    },
    asOf: `${submitPeriod}-28`, period: submitPeriod, today,
  }
}
