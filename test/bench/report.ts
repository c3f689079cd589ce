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

/** The table of questions: medians in milliseconds, and how many times longer the others take. */
export function readsSection(reads: Reads): Section {
  const header = ['question', 'naive SQL', 'DuckDB', 'product', 'naive ÷ product', 'DuckDB ÷ product', 'over HTTP', 'ready', 'figures alike', 'the naive answer lacks']
  const rows = reads.results.map((one) => [
    one.question, ms(one.naive), ms(one.duck), ms(one.maintained), ratio(one.naive, one.maintained), ratio(one.duck, one.maintained), ms(one.computed), ms(one.ready),
    one.figuresAlike === 0 ? '–' : String(one.figuresAlike), one.differs || '–',
  ])
  const known = reads.knownOnMs === null ? [] : [`Not maintained, asked once: the headline as it was known on a past day, computed from the statements, took ${(reads.knownOnMs / 1_000).toFixed(1)} s.`]
  return { heading: 'Questions (median ms, one client)', table: [header, ...rows], after: known }
}

/** The statements behind the product's answers. */
export function plansSection(reads: Reads): Section {
  return {
    heading: 'What the product\'s statements read',
    table: [['question', 'statement', 'ms', 'read'], ...reads.plans.map(({ question, statement, milliseconds, plan }) => [question, cut(statement), milliseconds.toFixed(2), plan])],
  }
}

const head = '# Benchmark\n\nMade by `pnpm bench`: the product and naive SQL side by side on the same synthetic nation. Ratios are the claim, not seconds.'

/** The file of results with the part of one size in the place of what it held of that size; those of other sizes stay. The smallest first. */
export function resultsWith(file: string, { pairs, text }: { pairs: number; text: string }): string {
  const parts = new Map(file.split(/^(?=## [\d,]+ pairs$)/m).slice(1).map((part) => [Number(/^## ([\d,]+)/.exec(part)![1]!.replaceAll(',', '')), part.trim()]))
  parts.set(pairs, `## ${pairs.toLocaleString('en')} pairs\n\n${text}`)
  return `${[head, ...[...parts].sort(([a], [b]) => a - b).map(([, part]) => part)].join('\n\n')}\n`
}

/** Sections as Markdown, the columns of tables aligned so that it reads in a terminal too. */
export function markdownOf(sections: readonly Section[]): string {
  return sections.map(({ heading, before, table, after }) => [`### ${heading}`, ...(before?.length ? [before.join('\n')] : []), ...(table ? [tableOf(table)] : []), ...(after?.length ? [after.join('\n')] : [])].join('\n\n')).join('\n\n')
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

function ratio(other: Timing | null, product: Timing | null): string {
  if (other === null || product === null) return '–'
  return `${other.stoppedAfter === null ? '' : '> '}${number(other.median / product.median)} ×`
}

function cut(statement: string): string {
  return statement.length > 160 ? `${statement.slice(0, 159)}…` : statement
}
