import { cpus, release, totalmem } from 'node:os'
import type { Reads } from './reads.js'
import type { Timing } from './timing.js'

/** A part of the results: a heading, lines before its table, the table (its first row the header), lines after. */
export interface Section {
  heading: string
  before?: readonly string[]
  table?: readonly (readonly string[])[]
  after?: readonly string[]
}

/** What the run was made on. */
export function machineLines(versions: { postgres: string | null; duck: string | null; pglite: string | null }): string[] {
  const [cpu] = cpus()
  return [
    `- ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${release()}`,
    `- Node ${process.versions.node}${versions.postgres === null ? '' : `, ${versions.postgres}`}${versions.duck === null ? '' : `, DuckDB ${versions.duck}`}${versions.pglite === null ? '' : `, PGlite ${versions.pglite}`}`,
  ]
}

/** The table of questions: medians in milliseconds, and how many times longer the naive one takes. */
export function readsSection(reads: Reads): Section {
  const header = ['question', 'naive SQL', 'DuckDB', 'product', 'naive ÷ product', 'over HTTP', 'ready', 'figures alike', 'the naive answer lacks']
  const rows = reads.results.map((one) => [
    one.question, ms(one.naive), ms(one.duck), ms(one.maintained), ratio(one.naive, one.maintained), ms(one.computed), ms(one.ready),
    one.figuresAlike === 0 ? '–' : String(one.figuresAlike), one.differs || '–',
  ])
  return { heading: 'Questions (median ms, one client)', table: [header, ...rows] }
}

/** The statements behind the product's answers. */
export function plansSection(reads: Reads): Section {
  return {
    heading: 'What the product\'s statements read',
    table: [['question', 'statement', 'ms', 'read'], ...reads.plans.map(({ question, statement, milliseconds, plan }) => [question, cut(statement), milliseconds.toFixed(2), plan])],
  }
}

/** Sections as Markdown, the columns of tables aligned so that it reads in a terminal too. */
export function markdownOf(sections: readonly Section[]): string {
  return sections.map(({ heading, before, table, after }) => [`## ${heading}`, ...(before?.length ? [before.join('\n')] : []), ...(table ? [tableOf(table)] : []), ...(after?.length ? [after.join('\n')] : [])].join('\n\n')).join('\n\n')
}

function tableOf(table: readonly (readonly string[])[]): string {
  const cells = table.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = cells[0]!.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(cells[0]!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.slice(1).map(line)].join('\n')
}

/** Milliseconds with as many digits as mean something. */
export function ms(timing: Timing | null): string {
  if (timing === null) return '–'
  return timing.stoppedAfter === null ? number(timing.median) : `> ${timing.stoppedAfter} s`
}

export function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function ratio(naive: Timing | null, maintained: Timing | null): string {
  if (naive === null || maintained === null) return '–'
  return `${naive.stoppedAfter === null ? '' : '> '}${number(naive.median / maintained.median)} ×`
}

function cut(statement: string): string {
  return statement.length > 160 ? `${statement.slice(0, 159)}…` : statement
}
