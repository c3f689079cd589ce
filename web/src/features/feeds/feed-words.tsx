import { feedFailures, type Feed, type FeedFile, type FeedRun } from '@lastmile/shared/feed'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { ProblemError } from '../../lib/problem'
import { Tag } from '../../ui/page-head'

const runTones = { running: 'plain', done: 'good', nothing_new: 'good', failed: 'alarm', stopped: 'warn', lost: 'alarm' } as const
const runSigns = { running: '…', done: '✓', nothing_new: '✓', failed: '×', stopped: '■', lost: '×' } as const

/** How a run ended, by colour, sign and word. */
export function RunMark({ outcome }: Pick<FeedRun, 'outcome'>) {
  const { t } = useTranslation()
  return <Tag tone={runTones[outcome]}><span aria-hidden="true">{runSigns[outcome]} </span>{t(`feeds.runs.${outcome}`)}</Tag>
}

const fileTones: Partial<Record<FeedFile['outcome'], 'good' | 'alarm' | 'warn' | 'plain'>> = { accepted: 'good', row_errors: 'alarm', rejected: 'alarm', quarantined: 'warn' }

/** What became of a file, by colour and word. */
export function FileMark({ outcome }: Pick<FeedFile, 'outcome'>) {
  const { t } = useTranslation()
  return <Tag tone={fileTones[outcome] ?? 'plain'}>{t(`feeds.files.${outcome}`)}</Tag>
}

/** How a feed's schedule and place are said. */
export function useFeedWords(): { schedule: (feed: Pick<Feed, 'schedule'>) => string; place: (feed: Pick<Feed, 'where'>) => string; bytes: (bytes: number) => string } {
  const { t } = useTranslation()
  const format = useFormat()
  return {
    schedule: ({ schedule }) => (schedule.every === 'day' ? t('feeds.says.day', { at: schedule.at }) : t(`feeds.says.${schedule.every}`, { number: format.number(schedule.count) })),
    place: ({ where }) => (where.kind === 'folder' ? where.folder : where.url),
    bytes: (bytes) => (bytes < 1_000_000 ? t('feeds.kilobytes', { number: format.number(Math.ceil(bytes / 1_000)) }) : t('feeds.megabytes', { number: format.number(Math.round(bytes / 100_000) / 10) })),
  }
}

const problems = ['version', 'running', 'not_running', 'not_found'] as const

/** What went wrong with a feed, in the language on screen where there are words of ours for it. */
export function useFeedProblem(): (error: unknown) => unknown {
  const { t } = useTranslation()
  return (error) => {
    if (!(error instanceof ProblemError)) return error
    const failure = feedFailures.find((one) => error.code === `feed.${one.toLowerCase()}`)
    if (failure !== undefined) return new Error(t(`feeds.reasons.${failure}`))
    const problem = problems.find((one) => error.code === `feed.${one}`)
    return problem === undefined ? error : new Error(t(`feeds.problems.${problem}`))
  }
}
