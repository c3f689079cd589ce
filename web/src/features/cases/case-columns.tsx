import type { CaseRow, CasesAnswer } from '@lastmile/shared/case-answer'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { Format } from '../../lib/format'
import type { World } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Tag } from '../../ui/page-head'
import { noticeTones, stateTones, type useCaseWords } from './case-words'
import css from './cases.module.css'

/** The columns of cases: which, about what, how it stands, how old it is, when its answer is due, and its letters. `chosen`: undefined where nothing is done with several at once. */
export function caseColumns({ t, format, world, words, text, ladder, chosen, onChoose, isOwn }: {
  t: TFunction
  format: Format
  world: World
  words: ReturnType<typeof useCaseWords>
  text: (text: { zh: string; en: string }) => string
  ladder: NonNullable<CasesAnswer['rules']>['ladder']
  chosen: ReadonlySet<string> | undefined
  onChoose: (code: string, isChosen: boolean) => void
  /** They are letters to whoever looks, and not cases that he keeps. */
  isOwn: boolean
}): Column<CaseRow>[] {
  const stepName = (code: string) => {
    const step = ladder.find((one) => one.code === code)
    return step ? text(step.name) : code
  }
  const choose: Column<CaseRow>[] = chosen === undefined ? [] : [{
    id: 'choose', header: t('cases.choose'), sortable: false, value: () => null,
    cell: ({ code, seenAs, state }) => (seenAs === 'office' && state !== 'closed' ? <label className={css.choose}><input type="checkbox" checked={chosen.has(code)} onChange={(event) => onChoose(code, event.target.checked)} /><span className="sr-only">{t('cases.chooseOne', { code: words.number(code) })}</span></label> : null),
  }]
  const all: Column<CaseRow>[] = [
    ...choose,
    { id: 'code', header: t('cases.code'), heading: true, value: (row) => row.code, cell: (row) => <Link className={css.code} to="/$list/cases/$code" params={{ list: world.list.code, code: row.code }}>{words.number(row.code)}</Link> },
    { id: 'about', header: t('cases.about'), value: (row) => words.about(row).join(' '), cell: (row) => { const [first, rest] = words.about(row); return <><div>{first}</div><div className="quiet">{rest} · {t(`words.evidence.${row.evidence}.short`)}</div></> } },
    { id: 'state', header: t('cases.state'), value: (row) => t(`cases.states.${row.state}`), cell: (row) => <Tag tone={stateTones[row.state]}>{t(`cases.states.${row.state}`)}</Tag> },
    { id: 'due', header: t('cases.due'), value: (row) => row.dueOn, cell: (row) => {
      const left = words.left(row)
      return left === null ? <span className="quiet">–</span> : <><div className="number">{format.shortDay(row.dueOn!, true)}</div><Tag tone={left.tone}>{left.words}</Tag></>
    } },
    { id: 'gaps', header: t('cases.gaps'), numeric: true, value: (row) => row.gaps, cell: (row) => t('cases.metOf', { met: format.number(row.met), gaps: format.number(row.gaps) }) },
    { id: 'age', header: t('cases.age'), numeric: true, value: (row) => row.age, cell: (row) => <><div className="number">{t('cases.days', { count: row.age, formatted: format.number(row.age) })}</div><div className="quiet number">{format.shortDay(row.openedOn, true)}</div></> },
    { id: 'letters', header: t('cases.letters'), value: (row) => row.notices.length, cell: ({ code, notices }) => (
      <ul className={css.letters}>{notices.map((notice) => (
        <li key={notice.code}><Link to="/$list/cases/$code/notices/$notice" params={{ list: world.list.code, code, notice: notice.code }}>{notice.number === null ? t('cases.draftLetter') : text(notice.number)}</Link> <span className="quiet">{words.nameOf(notice.to)}</span> <Tag tone={noticeTones[notice.state]}>{t(`cases.noticeStates.${notice.state}`)}</Tag></li>
      ))}</ul>
    ) },
    { id: 'step', header: t('cases.step'), value: (row) => row.steps.length, cell: ({ steps, stepDue }) => <>{steps.map((one) => <div key={one}>{stepName(one)}</div>)}{stepDue !== null && <Tag tone="alarm">{t('cases.stepDue', { step: stepName(stepDue) })}</Tag>}</> },
    { id: 'office', header: t('cases.office'), value: (row) => words.office(row.unit), cell: (row) => words.office(row.unit) },
  ]
  return isOwn ? all.filter(({ id }) => id !== 'step') : all
}
