import { defineConfig } from 'vitest/config'
import { LongFirst } from './support/long-first.js'
import { findServer } from './support/server.js'

/** Tests that state a world and ask the database, and such where several want the same at once. They run once on each home of the data. */
const races = ['approval', 'embargo', 'bulletins', 'bulletins-embargo', 'bulletins-told', 'review', 'difference', 'entries', 'keys', 'last-administrator', 'signing-in-anew', 'accounts', 'feeds', 'standards', 'duties', 'subscriptions', 'cases', 'company-requests', 'candidacies', 'demand', 'ladder'].map((name) => `server/http/${name}.test.ts`)
const database = ['db/**/*.test.ts', 'server/backup/**/*.test.ts', 'server/digests/**/*.test.ts', ...races]
/** Tests that state a world too, and need one home only. */
const embedded = ['server/http/**/*.test.ts', 'server/reports/**/*.test.ts']

/** Tests of pure rules, and of what the demonstration is made of. */
const pure = ['shared/**/*.test.ts', 'server/demo/**/*.test.ts', 'server/audit/**/*.test.ts', 'server/lib/**/*.test.ts']

/** Tests that use the product as a person does: the served process and a browser. */
const browser = ['browser/**/*.test.ts']

/**
 * Two projects of the database, not a loop around every test: each worker of a project opens its database once, keeps it from file to
 * file (`isolate: false`) and empties it between worlds; `--project PostgreSQL` runs one home alone.
 */
export default defineConfig(async () => {
  const url = await findServer()
  return {
    test: {
      testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 3,
      sequence: { sequencer: LongFirst },
      // What is waited for comes when it comes, on a busy machine later.
      expect: { poll: { timeout: 30_000 } },
      // What is built runs as built: workers of the reader start from real files, and each module is there once.
      server: { deps: { external: [/\/(shared|db|server)\/dist\//] } },
      projects: [
        { extends: true as const, test: { name: 'PGlite', include: [...database, ...embedded], isolate: false, provide: { home: 'embedded' as const } } },
        ...(url === null ? [] : [{
          extends: true as const,
          test: { name: 'PostgreSQL', include: database, isolate: false, provide: { home: 'server' as const }, globalSetup: './support/server.ts' },
        }]),
        { extends: true as const, test: { name: 'browser', include: browser, isolate: false, globalSetup: './browser/product.ts', testTimeout: 240_000, hookTimeout: 600_000 } },
        { extends: true as const, test: { name: 'pure', include: pure, isolate: false } },
        { extends: true as const, test: { name: 'rest', include: ['**/*.test.ts'], exclude: ['node_modules/**', 'dist-types/**', ...database, ...embedded, ...browser, ...pure] } },
      ],
    },
  }
})
