/** A data file is wrong: which, where in it, and what to do. */
export class BadDataFile extends Error {
  override readonly name = 'BadDataFile'
  constructor(readonly file: string, readonly problems: readonly string[]) {
    super(`${file}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}
