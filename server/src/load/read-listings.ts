import { join } from 'node:path'
import type { z } from 'zod'
import type { Edition } from '@lastmile/db/load/load-edition'
import { CandidaciesFile, EditionsFile, FiledCandidacy } from '@lastmile/shared/candidacy'
import { BadDataFile } from './bad-data-file.js'

type ReadJson = <Schema extends z.ZodType>(path: string, schema: Schema, missing?: z.infer<Schema>) => Promise<z.infer<Schema>>

/** Reads `editions.json` of a folder and the files of candidacies that it names, each stage with the document that it names; without one there are no editions. @throws BadDataFile */
export async function readListings(folder: string, readJson: ReadJson): Promise<Edition['listings']> {
  const path = join(folder, 'editions.json')
  const file = await readJson(path, EditionsFile, { editions: [], documents: {}, shared: {}, candidacies: [], files: [] })
  const candidacies: FiledCandidacy[] = []
  const take = (from: string, rows: z.infer<typeof CandidaciesFile>) => {
    for (const { stages, ...one } of rows) {
      const all = [...(file.shared[one.edition] ?? []).filter(({ stage }) => !stages.some((own) => own.stage === stage)), ...stages]
      const parsed = FiledCandidacy.safeParse({
        ...one, stages: all.map(({ document, ...stage }) => {
          const evidence = file.documents[document]
          if (!evidence) throw new BadDataFile(from, [`candidacy ${one.code}: document "${document}" is not among the documents of editions.json`])
          return { ...stage, evidence }
        }),
      })
      if (!parsed.success) throw new BadDataFile(from, parsed.error.issues.map((issue) => `candidacy ${one.code}, ${issue.path.join('.')}: ${issue.message}`))
      candidacies.push(parsed.data)
    }
  }
  take(path, file.candidacies)
  for (const name of file.files) take(join(folder, name), await readJson(join(folder, name), CandidaciesFile))
  return { editions: file.editions, candidacies }
}

/** What is wrong with editions and candidacies beside the rest of their folder. */
export function checkListings({ listings: { editions, candidacies }, companies, drugs }: Edition): (string | false)[] {
  const known = { edition: new Set(editions.map(({ code }) => code)), company: new Set(companies.map(({ code }) => code)), drug: new Set(drugs.map(({ code }) => code)) }
  const twice = (what: string, codes: readonly string[]) => codes.filter((code, i) => codes.indexOf(code) < i).map((code) => `${what} "${code}" stands there twice`)
  const courses = new Set<string>()
  return [
    ...twice('edition', editions.map(({ code }) => code)), ...twice('candidacy', candidacies.map(({ code }) => code)),
    ...candidacies.flatMap(({ code, edition, substance, company, drug }) => {
      const course = `${edition} ${substance}`
      const again = courses.has(course)
      courses.add(course)
      return [
        !known.edition.has(edition) && `candidacy ${code}: edition "${edition}" is not among the editions`, company !== null && !known.company.has(company) && `candidacy ${code}: company "${company}" is not in companies.json`,
        drug !== null && !known.drug.has(drug) && `candidacy ${code}: drug "${drug}" is not in drugs.json`, again && `candidacy ${code}: "${substance}" stands in "${edition}" twice`,
      ]
    }),
  ]
}
