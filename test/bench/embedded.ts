import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openEmbedded } from '@lastmile/db/open'
import { loadMaintained } from './maintained-load.js'
import { maintainedQuestions } from './maintained.js'
import { newNation } from './nation.js'
import { productRuns } from './reads.js'
import { overHttp } from './over-http.js'
import { questionsOf } from './questions.js'
import { ms, type Section } from './report.js'
import { timed } from './timing.js'

/** The product's questions on a smaller nation in the embedded database, in a folder. */
export async function embeddedSection(pairs: number, runs: number, folder: string, say: (text: string) => void): Promise<Section> {
  const nation = newNation(pairs)
  await mkdir(join(folder, 'kept'), { recursive: true })
  const opened = await openEmbedded(join(folder, 'database'))
  try {
    const loaded = await loadMaintained(opened.db, nation, folder, say)
    const own = await maintainedQuestions(opened.db, loaded.list, nation)
    const http = await overHttp(opened, join(folder, 'kept'))
    const rows: string[][] = []
    for (const { code, name } of questionsOf(nation)) {
      const question = own.get(code)
      // Two naive questions to which the product has one answer.
      const key = question && JSON.stringify([question.path, question.body])
      if (!question || rows.some((row) => row[3] === key)) continue
      const times = []
      for (const ask of [question.ask, http.computed(question), http.ready(question)]) times.push(ask ? ms((await timed(ask, productRuns * runs, 600)).timing) : '–')
      rows.push([name, ...times.slice(0, 2), key!, times[2]!])
    }
    return {
      heading: 'Embedded (PGlite in a folder)',
      before: [`${nation.institutions.toLocaleString('en')} institutions, ${nation.pairs.toLocaleString('en')} pairs, ${loaded.lines.toLocaleString('en')} lines taken at ${Math.round(loaded.lines / loaded.historySeconds).toLocaleString('en')} a second. Median ms.`],
      table: [['question', 'product', 'over HTTP', 'ready'], ...rows.map(([name, product, computed, , ready]) => [name!, product!, computed!, ready!])],
    }
  } finally {
    await opened.close()
  }
}
