import type { BulletinFigures, BulletinRows, BulletinRun } from '@lastmile/shared/bulletin'
import type { Eligible, Share } from '@lastmile/shared/coverage'
import { clockIn, type Day, type Instant } from '@lastmile/shared/day'
import type { Language, Text } from '@lastmile/shared/text'

/*
 * Numbers, days and lists as a bulletin writes them. Not by the locale data of whatever machine makes it: the same bulletin
 * is the same bytes on all.
 */

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export interface Saying {
  language: Language
  text(text: Text): string
  number(value: number): string
  day(day: Day): string
  /** To the minute, by the clock of a time zone. */
  instant(instant: Instant, timeZone: string): string
  list(items: readonly string[]): string
  /** A share as the range that it is, with how many of the eligible have it, how many are eligible, and how many of those are unknown. */
  shareOf(share: Share, eligible: Pick<Eligible, 'institutions' | 'stocked' | 'unknown'>): string
}

/** How one language says it. */
export function sayingOf(language: Language): Saying {
  const isChinese = language === 'zh'
  const day = (text: Day) => {
    const [year, month, date] = text.split('-').map(Number) as [number, number, number]
    return isChinese ? `${year}年${month}月${date}日` : `${date} ${months[month - 1]} ${year}`
  }
  const percent = (share: number) => (Math.round(share * 1_000) / 10).toFixed(1)
  const number = (value: number) => (isChinese ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, ','))
  return {
    language, day, number,
    text: (text) => text[language],
    instant: (instant, timeZone) => {
      const clock = clockIn(timeZone, instant)
      return `${day(clock.slice(0, 10))}${isChinese ? '' : ', '}${clock.slice(11, 16)}`
    },
    list: (items) => (isChinese ? items.join('、') : items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`),
    shareOf: ({ low, high }, { institutions, stocked, unknown }) => {
      const range = `${percent(low)}${percent(low) === percent(high) ? '' : `–${percent(high)}`}`
      return isChinese ? `${range}%（${number(stocked)}/${number(institutions)}，不明${number(unknown)}）` : `${range} (${number(stocked)} of ${number(institutions)}, ${number(unknown)} unknown)`
    },
  }
}

/** A number with the rows behind it. */
export type Figure = (value: number, rows: BulletinRows) => BulletinRun

export function figureOf({ number }: Saying): Figure {
  return (value, rows) => ({ text: number(value), rows })
}

/** How many drugs: the page that has each of them opens. */
export function drugCount({ number }: Saying, value: number): BulletinRun {
  return { text: number(value), page: 'matrix' }
}

/** A list as a sentence has it, of things that are not texts alone. */
export function listOf({ language }: Saying, items: readonly BulletinRun[][]): BulletinRun[] {
  const between = (i: number) => (i === 0 ? '' : language === 'zh' ? '、' : i === items.length - 1 ? ' and ' : ', ')
  return items.flatMap((item, i) => [between(i), ...item]).filter((run) => run !== '')
}

/** A sentence of texts and numbers: `said\`… ${n} …\``. What is empty is left out. */
export function said(texts: TemplateStringsArray, ...values: (BulletinRun | number)[]): BulletinRun[] {
  return texts.flatMap((text, i) => (i < values.length ? [text, typeof values[i] === 'number' ? String(values[i]) : values[i]!] : [text])).filter((run) => run !== '')
}

/** Texts that stand beside each other as one. */
export function joined(runs: readonly BulletinRun[]): BulletinRun[] {
  return runs.reduce<BulletinRun[]>((all, run) => {
    const last = all.at(-1)
    if (typeof run === 'string' && typeof last === 'string') all[all.length - 1] = last + run
    else all.push(run)
    return all
  }, [])
}

/** Whether of some who are eligible for a drug nothing was ever said: they are unknown too, and in no count of what was reported. */
export function isAnySilent(drugs: BulletinFigures['drugs']): boolean {
  return drugs.some(({ eligible, share, unknown }) => share !== null && eligible !== null && eligible.unknown > unknown)
}

/** The bounds that are published: how many institutions a drug is in more than. The two largest that any drug exceeds, each with those drugs that exceed no larger one. */
export function inMoreThan(drugs: BulletinFigures['drugs']): { bound: number; drugs: BulletinFigures['drugs'] }[] {
  const bounds = [10_000, 5_000, 2_000, 1_000, 500, 300, 200, 100, 50, 20, 10]
  const found: { bound: number; drugs: BulletinFigures['drugs'] }[] = []
  for (const [i, bound] of bounds.entries()) {
    const own = drugs.filter(({ institutions }) => institutions > bound && institutions <= (bounds[i - 1] ?? Infinity))
    if (own.length > 0 && found.length < 2) found.push({ bound, drugs: own })
  }
  return found
}

/** Places by how many institutions they have, the most first. */
export function ranked(places: BulletinFigures['places']): BulletinFigures['places'] {
  return [...places].sort((a, b) => b.institutions - a.institutions || (a.region < b.region ? -1 : 1))
}
