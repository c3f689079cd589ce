import type { Limits, Profile } from '@lastmile/shared/source'
import type { RawRow } from './cell.js'
import { openContent, type Content } from './content.js'
import { decode } from './decode.js'
import { headingsOf } from './header.js'
import { readCsv } from './read-csv.js'
import { readXlsx } from './read-xlsx.js'
import { sniff } from './sniff.js'
import { Warnings } from './warnings.js'

/** The rows of a report's file as they were sent, header and what stands above it among them. Nothing is checked. @throws FileRefused where it cannot be read at all */
export async function rowsOfFile(file: Content, filename: string, profile: Profile, limits: Limits): Promise<readonly RawRow[]> {
  const content = openContent(file)
  try {
    const warnings = new Warnings()
    return sniff(content, filename) === 'xlsx' ? await readXlsx(content.all(), profile, limits, warnings) : readCsv(decode(content, warnings), headingsOf(profile), limits)
  } finally {
    content.close()
  }
}
