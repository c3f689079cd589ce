import type { NextStep } from '@lastmile/shared/next-step'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { nextStepsQuery } from '../../lib/queries/progress'
import { useOpening } from '../../lib/use-opening'
import { useAsking, useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Tag } from '../../ui/page-head'
import css from './progress.module.css'

/** Steps that are shown before all are asked for. */
const first = 5
const alarming: readonly NextStep['kind'][] = ['letter_overdue', 'report_overdue', 'refuted']

/** What the company does best next, each with its reason, the number that makes it matter, and the way to where it is done. */
export function NextStepsFrame({ company, all, onAll }: { company: string; all: boolean; onAll: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { evidence } = useAsking()
  const words = useStepWords()
  const answer = useQuery({ ...nextStepsQuery(list.code, { company, evidence }), placeholderData: keepPreviousData })
  const steps = answer.data?.steps ?? []
  const { part } = useOpening<HTMLLIElement>(all ? 'all' : null)
  const columns: Column<NextStep>[] = [
    { id: 'what', header: t('progress.next.what'), heading: true, sortable: false, value: words.title },
    { id: 'why', header: t('progress.next.why'), sortable: false, value: words.reason },
    { id: 'number', header: t('progress.next.number'), numeric: true, value: (step) => step.number },
    { id: 'day', header: t('progress.day'), value: (step) => step.on, cell: (step) => (step.on === null ? <span className="quiet">{t('progress.next.noDay')}</span> : <span className="number">{format.shortDay(step.on, true)}</span>) },
  ]
  const params = { company, evidence }
  return (
    <Frame<NextStep>
      id="next-steps" title={t('progress.next.title')} unit={t('progress.next.unit')} basis={answer.data ? { ...answer.data.basis, evidence: null } : null} query={answer} empty={answer.data && steps.length === 0 ? t('progress.next.none') : undefined} height={260} paintable={false}
      twin={{ columns, rows: steps, rowKey: keyOf }} downloads={{ csv: downloadOf(list.code, 'progress/next-steps', params, 'csv'), xlsx: downloadOf(list.code, 'progress/next-steps', params, 'xlsx') }}
    >
      <ol className={css.steps}>
        {(all ? steps : steps.slice(0, first)).map((step, i) => (
          <li key={keyOf(step)} ref={i === first ? part : undefined} tabIndex={i === first ? -1 : undefined} data-tone={alarming.includes(step.kind) ? 'alarm' : undefined}>
            <div><strong>{words.title(step)}</strong> {step.on !== null && <Tag tone={alarming.includes(step.kind) ? 'alarm' : 'warn'}>{words.day(step)}</Tag>}<div className="quiet">{words.reason(step)}</div></div>
            <StepLink step={step} company={company} title={words.title(step)} />
          </li>
        ))}
      </ol>
      {answer.data && !answer.data.tells.letters && <p className="quiet">{t('progress.next.preview')}</p>}
      {!all && steps.length > first && <p className={css.more}><button type="button" className={css.do} onClick={onAll}>{t('progress.next.all', { formatted: steps.length })}</button></p>}
    </Frame>
  )
}

const keyOf = ({ kind, drug, act, source, period, notice, request }: NextStep) => [kind, drug, act, source, period, notice, request].join(' ')

/** A step in words: what is to be done, why, and by when. */
function useStepWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { drugName, unitName } = useWorld()
  const title = (step: NextStep): string => {
    const drug = step.drug === null ? '' : drugName(step.drug)
    if (step.kind === 'gap') return t(`progress.next.gap.${step.act === 'supply' ? 'supply' : step.act === 'declare' ? 'declare' : 'apply'}`, { drug })
    return t(`progress.next.kinds.${step.kind}`, { drug, source: step.sourceName ? text(step.sourceName) : '', period: step.period ?? '' })
  }
  const reason = (step: NextStep): string => {
    const formatted = format.number(step.number)
    if (step.kind === 'gap') {
      const units = format.join(step.regions.slice(0, 3).map(unitName))
      const named = step.regions.length > 3 ? t('progress.next.andMore', { units }) : units
      if (step.residents === null) return t('progress.next.gapReason', { count: step.number, formatted, units: named })
      const residents = format.short(step.residents)
      if (step.residentsKnown < step.number) return t('progress.next.gapReasonSome', { formatted, units: named, residents, known: format.number(step.residentsKnown) })
      return t('progress.next.gapReasonResidents', { count: step.number, formatted, units: named, residents })
    }
    return t(`progress.next.reasons.${step.kind}`, { count: step.number, formatted })
  }
  return { title, reason, day: (step: NextStep) => t(step.kind === 'stale_soon' ? 'progress.next.from' : 'progress.next.due', { day: format.shortDay(step.on!) }) }
}

/** The way to where a step is done. */
function StepLink({ step, company, title }: { step: NextStep; company: string; title: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const to = (child: (words: { className: string; 'aria-label': string; children: string }) => ReactNode) => child({ className: css.do ?? '', 'aria-label': t('parts.labelled', { label: t(`progress.next.go.${step.kind}`), value: title }), children: t(`progress.next.go.${step.kind}`) })
  const [params, drug] = [{ list: list.code }, step.drug ?? undefined]
  switch (step.kind) {
    case 'letter_overdue': case 'letter_due': return to((words) => <Link to="/$list/cases/$code/notices/$notice" params={{ ...params, code: step.case!, notice: step.notice! }} {...words} />)
    case 'report_returned': return to((words) => (step.report === null ? <Link to="/$list/reports" params={params} search={{ source: step.source! }} {...words} /> : <Link to="/$list/reports/$id" params={{ ...params, id: step.report }} {...words} />))
    case 'report_overdue': case 'report_due': return to((words) => <Link to="/$list/reports" params={params} search={{ send: step.source!, ...(step.period !== null && /^\d{4}-\d{2}$/.test(step.period) ? { period: step.period } : {}) }} {...words} />)
    case 'refuted': return to((words) => <Link to="/$list/contradictions" params={params} search={{ company, drug }} {...words} />)
    case 'undeclared': return to((words) => <Link to="/$list/contradictions" params={params} search={{ company, drug, set: 'never_declared' }} {...words} />)
    case 'stale_soon': return to((words) => <Link to="." search={(previous: object) => ({ ...previous, set: 'stale_soon' as const, drug, offset: undefined })} hash="drop-off-rows" {...words} />)
    case 'unconfirmed': return to((words) => <Link to="." search={(previous: object) => ({ ...previous, set: 'unconfirmed_long' as const, drug, offset: undefined })} hash="drop-off-rows" {...words} />)
    case 'gap': return to((words) => <Link to="/$list/gaps" params={params} search={{ company, drug, actor: 'company' }} {...words} />)
    case 'request_answered': return to((words) => <Link to="/$list/company-requests/$code" params={{ ...params, code: step.request! }} {...words} />)
  }
}
