import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The repository's folder, whether this runs as written or as built. */
export const repository = folderAbove(dirname(fileURLToPath(import.meta.url)))

/** The folder of given facts that may lie beside the repository. */
export const givenFacts = pathToFileURL(join(repository, '..', 'shared', '/'))

function folderAbove(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('this is not the repository')
  return folderAbove(above)
}
