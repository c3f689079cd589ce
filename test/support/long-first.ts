import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects in the order in which they run: the browser's last, whose demonstration is loaded meanwhile. */
const projects = ['PGlite', 'PostgreSQL', 'rest', 'pure', 'browser']

/** Files that take long, the longest of each project first: else one worker still runs such a file when the other has nothing left. */
const long = [
  'server/http/who-may.test.ts', 'server/http/fuzz-operations.test.ts', 'server/http/alerts-of-a-year.test.ts', 'server/http/cases.test.ts', 'server/http/audit.test.ts',
  'server/durability/kills.test.ts', 'server/durability/disk-full.test.ts', 'server/durability/fuzz.test.ts', 'server/durability/database-lost.test.ts',
  'browser/roles.test.ts', 'browser/walk.test.ts', 'browser/accounts.test.ts', 'browser/inspection.test.ts', 'browser/tables-and-maps.test.ts', 'browser/bulletins.test.ts', 'browser/standards.test.ts', 'browser/prices.test.ts', 'browser/honest.test.ts', 'browser/cases.test.ts',
]

/** The order in which files of tests are run: by project, and in each the long ones first, so that the workers end together. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}`))
      return at < 0 ? long.length : at
    }
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => projects.indexOf(a.project.name) - projects.indexOf(b.project.name) || placeOf(a) - placeOf(b))
  }
}
