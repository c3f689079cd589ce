import { demonstrationMaster, demonstrationReports } from '@lastmile/server/demo/demonstration'
import { editionFiles } from './files.js'
import { readMaster, readReport } from './naive.js'

export const files = editionFiles('commercial-2025')
export const master = readMaster(demonstrationMaster(files.regions))
export const reports = demonstrationReports(files, files.regions).map((report) => readReport(report, files))

/** A drug's code by its INN as the bulletins write it. */
export function drugCalled(slug: string): string {
  const drug = files.drugs.find((one) => one.aliases.includes(slug))
  if (!drug) throw new Error(`no drug ${slug}`)
  return drug.code
}
