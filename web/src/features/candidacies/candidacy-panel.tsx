import type { Candidacy, LifeAnswer } from '@lastmile/shared/candidacy'
import { isWindowStage, type StageFact } from '@lastmile/shared/drug-stage'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { withdrawStage } from '../../lib/queries/candidacies'
import { useDoing } from '../../lib/use-doing'
import { useOpening } from '../../lib/use-opening'
import { useAsking, useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Facts, Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { AboutForm } from './about-form'
import css from './candidacies.module.css'
import { standingTone, useStageWords } from './candidacy-words'
import { StageForm } from './stage-form'

type Row = LifeAnswer['candidacies'][number]

/** A drug in one edition: where it stands, what of it speaks against itself, each stage with its evidence, and stating what is known. `now`: whether what is shown is what is known now. */
export function CandidacyPanel({ row, edition, now, onChanged }: { row: Row; edition: string; now: boolean; onChanged: () => unknown }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const { asOf } = useAsking()
  const words = useStageWords()
  const next = words.next(row.facts, asOf)
  const [open, setOpen] = useState<'about' | 'stage' | StageFact | null>(null)
  const [done, setDone] = useState(false)
  const keeps = row.mayKeep && now
  const { opener, part } = useOpening(open === null || typeof open === 'string' ? open : String(open.no))
  const did = () => { setOpen(null); setDone(true); return onChanged() }
  const begin = (next: typeof open) => { setDone(false); setOpen(next) }
  return (
    <Panel title={edition} tools={<span className={css.tags}><Tag tone={standingTone(row.standing.stage)}>{t(`candidacies.standings.${row.standing.stage}`)}</Tag>{row.madeUp && <Tag tone="warn">{t('candidacies.madeUp')}</Tag>}{!row.published && <Tag>{t('candidacies.unpublished')}</Tag>}</span>} lead={<>{text(row.name)} · {words.standing(row.standing)}{next !== null && <> · {next}</>}</>}>
      {row.contradictions.length > 0 && <ul className={css.against}>{row.contradictions.map((one) => <li key={`${one.kind} ${one.stage} ${one.on ?? ''}`}>{t('parts.labelled', { label: t('candidacies.contradiction'), value: words.contradiction(one) })}</li>)}</ul>}
      {done && <Done>{t('candidacies.stated')}</Done>}
      <About row={row} />
      <ol className={css.stages}>
        {row.facts.map((fact) => <Stage key={fact.no} row={row} fact={fact} keeps={keeps} onEdit={() => begin(fact)} onDone={did} />)}
      </ol>
      {keeps && open === null && <div className={css.buttons}><Button ref={opener} primary onClick={() => begin('stage')}>{t('candidacies.stateStage')}</Button><Button onClick={() => begin('about')}>{t('candidacies.about')}</Button></div>}
      {keeps && open !== null && <div ref={part} tabIndex={-1}>{open === 'about' ? <AboutForm row={row} onDone={did} onClose={() => setOpen(null)} /> : <StageForm key={open === 'stage' ? 'new' : open.no} row={row} fact={open === 'stage' ? undefined : open} onDone={did} onClose={() => setOpen(null)} />}</div>}
      {row.former.length > 0 && <Former former={row.former} zone={list.timeZone} />}
    </Panel>
  )
}

/** What is known of the drug beside its stages; what is not is said so. */
function About({ row }: { row: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const unknown = <span className="quiet">{t('candidacies.notKnown')}</span>
  const yesNo = (value: boolean | null) => (value === null ? unknown : t(`candidacies.yesNo.${value ? 'yes' : 'no'}`))
  return (
    <Facts facts={[
      [t('candidacies.company'), row.companyName === null ? <span key="company" className="quiet">{t('candidacies.notNamed')}</span> : text(row.companyName)],
      [t('candidacies.bothLists'), yesNo(row.bothLists)], [t('candidacies.rare'), yesNo(row.rareDisease)],
      [t('candidacies.launched'), row.launched === null ? unknown : <span key="launched" title={row.launched.source === null ? undefined : text(row.launched.source)}>{format.partialDay(row.launched.on)}</span>],
      [t('candidacies.cover'), row.cover === null ? unknown : <>{yesNo(row.cover.proved)} · {text(row.cover.source)}</>],
    ]} />
  )
}

function Stage({ row, fact, keeps, onEdit, onDone }: { row: Row; fact: StageFact; keeps: boolean; onEdit: () => void; onDone: () => unknown }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf } = useAsking()
  const words = useStageWords()
  const all = useCan('candidacy.keep') === 'all'
  const withdraw = useDoing(() => withdrawStage(list.code, row.code, fact.no, row.version), onDone)
  const { stage, on, until, reason, by, at, evidence: { document, number, day, url } } = fact
  const his = keeps && by !== 'edition' && (all || by === 'company')
  return (
    <li>
      <span className="number">{words.day(on)}{on !== null && on > asOf && <span className="quiet"><br />{t('candidacies.ahead', { day: format.shortDay(asOf, true) })}</span>}{until !== null ? <><br />{t('candidacies.until', { day: format.day(until) })}</> : isWindowStage(stage) && <><br /><span className="quiet">{t('candidacies.noEnd')}</span></>}</span>
      <div>
        <strong>{words.stage(stage)}</strong>
        {reason !== null && <p>{t('parts.labelled', { label: t('candidacies.reason'), value: text(reason) })}</p>}
        <p className="quiet">{document === null ? t('candidacies.documentNotTold') : url === null ? text(document) : <a href={url} rel="noreferrer noopener" target="_blank">{text(document)}</a>}{number !== null && <> · {number}</>}{day !== null && <> · {format.day(day)}</>}</p>
        <p className="quiet">{t('candidacies.saidAt', { by: t(`candidacies.by.${by}`), at: format.instant(at, list.timeZone) })}</p>
        <FormProblem error={withdraw.error} />
        {his && <div className={css.buttons}><Button onClick={onEdit}>{t('candidacies.restate')}</Button><ConfirmButton question={t('candidacies.withdrawSure', { stage: words.stage(stage) })} confirm={t('candidacies.withdraw')} onConfirm={() => void withdraw.run()} disabled={withdraw.busy}>{t('candidacies.withdraw')}</ConfirmButton></div>}
      </div>
    </li>
  )
}

/** What was known before, by version: which stages, until when. */
function Former({ former, zone }: { former: readonly Candidacy[]; zone: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useStageWords()
  return (
    <details>
      <summary>{t('candidacies.former', { count: former.length, formatted: format.number(former.length) })}</summary>
      <ul>{former.map(({ version, knownFrom, knownTo, facts }) => <li key={version}>{t('candidacies.formerLine', { version: format.number(version), from: format.instant(knownFrom, zone), to: knownTo === null ? '' : format.instant(knownTo, zone) })}{facts.map(({ stage, on }) => `${words.stage(stage)} ${on === null ? t('candidacies.dayUnknown') : format.shortDay(on, true)}`).join(t('candidacies.comma'))}</li>)}</ul>
    </details>
  )
}
