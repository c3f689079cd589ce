import { detailsExpected, detailsOf, type LadderFact } from '@lastmile/shared/ladder-fact'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { ladderFactQuery } from '../../lib/queries/ladder'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Button } from '../../ui/field'
import { useLadderWords } from './ladder-words'
import css from './ladder.module.css'

/** A fact with all that is said of it: of what, since when, where it is written, who entered it and what became of it. `counts`: the rung stands by it. */
export function FactItem({ fact, counts, children }: { fact: LadderFact; counts: boolean; children?: ReactNode }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const words = useLadderWords()
  const { list, drugName, unitName } = useWorld()
  const { source, note } = fact
  const details = useDetails()(fact)
  const isExclusion = detailsExpected(fact).length > 0
  return (
    <div className={css.fact} tabIndex={-1} data-fact={fact.code} data-counts={counts} data-standing={fact.standing}>
      <div className={css.top}>
        <strong>{t(`ladder.words.says.${fact.says}`)}</strong>
        <span>{words.since({ since: fact.validFrom, exact: fact.exact, until: fact.validTo })}</span>
        <span>{words.standing(fact)}</span>
        {!counts && fact.standing !== 'refused' && fact.says !== 'required' && <span className="quiet">{t('ladder.notCounted')}</span>}
      </div>
      <div className="quiet">{[fact.drug === null ? t('ladder.allDrugs') : drugName(fact.drug), fact.unit === null ? t('ladder.everywhere') : unitName(fact.unit), fact.cityName && text(fact.cityName)].filter(Boolean).join(' · ')}</div>
      {details.map(([field, said]) => <div key={field}>{t('ladder.detailLine', { name: t(`ladder.words.details.${field}`), value: said })}</div>)}
      <div>{t('ladder.sourceLine', { text: text(source.text) })}{[source.number ?? (isExclusion ? t('ladder.numberNotKnown') : null), source.dated === null ? (isExclusion ? t('ladder.datedNotKnown') : null) : format.partialDay(source.dated)].filter((part) => part !== null).map((part) => ` · ${part}`)}{source.url !== null && <> · <a href={source.url} rel="noreferrer" target="_blank">{t('ladder.openSource')}</a></>}</div>
      {note !== null && <div>{t('ladder.noteLine', { text: text(note) })}</div>}
      <div className="quiet">
        {fact.enteredBy === null ? t('ladder.fromEdition') : t('ladder.enteredBy', { office: words.office(fact.enteredBy) })}
        {fact.decidedBy !== null && fact.decidedAt !== null && fact.origin === 'company' && <> · {t(fact.standing === 'refused' ? 'ladder.refusedBy' : 'ladder.confirmedBy', { office: words.office(fact.decidedBy), instant: format.zoned(fact.decidedAt, list.timeZone) })}</>}
        {' · '}{t('ladder.version', { version: format.number(fact.version), instant: format.zoned(fact.knownFrom, list.timeZone) })}
      </div>
      {fact.reason !== null && <div className={css.alarm}>{t('ladder.reasonLine', { text: fact.reason })}</div>}
      {fact.version > 1 && <FactHistory code={fact.code} />}
      {children}
    </div>
  )
}

/** The particulars of a fact that are said, in words, and those that anybody expects of it and nobody says: these are not known. */
function useDetails() {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  return ({ rung, says, detail }: LadderFact) => detailsOf[rung].flatMap((field): (readonly [keyof LadderFact['detail'], string])[] => {
    const said = detail[field]
    if (said === null) return detailsExpected({ rung, says }).includes(field) ? [[field, t('ladder.notKnown')]] : []
    if (field === 'askedOn') return [[field, format.partialDay(detail.askedOn!)]]
    if (field === 'by') return [[field, t(`ladder.words.by.${detail.by!}`)]]
    return [[field, typeof said === 'boolean' ? t(said ? 'ladder.words.says.yes' : 'ladder.words.says.no') : typeof said === 'number' ? format.number(said) : typeof said === 'string' ? said : text(said)]]
  })
}

/** What was known of a fact before, once it is asked for. */
function FactHistory({ code }: { code: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [open, setOpen] = useState(false)
  const answer = useQuery({ ...ladderFactQuery(list.code, code), enabled: open })
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => { if (open) heading.current?.focus() }, [open])
  if (!open) return <div><Button onClick={() => setOpen(true)}>{t('ladder.history')}</Button></div>
  return (
    <>
      <p ref={heading} tabIndex={-1}>{t('ladder.history')}</p>
      <Answered query={answer} height={40}>{({ fact, former }) => (
        <ul>
          {former.map((one, i) => <Former key={one.version} one={one} next={former[i - 1] ?? fact} />)}
        </ul>
      )}</Answered>
    </>
  )
}

/** A version that was known before: what it said, and of what else it said the next says otherwise. */
function Former({ one, next }: { one: LadderFact; next: LadderFact }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const words = useLadderWords()
  const details = useDetails()
  const { list } = useWorld()
  const days = ({ validFrom, exact, validTo }: LadderFact) => words.since({ since: validFrom, exact, until: validTo })
  const source = ({ source: { text: said, number, dated, url } }: LadderFact) => t('ladder.sourceLine', { text: [text(said), number, dated && format.partialDay(dated), url].filter((part) => part !== null).join(' · ') })
  const note = ({ note: said }: LadderFact) => (said === null ? t('ladder.noNote') : t('ladder.noteLine', { text: text(said) }))
  const all = (fact: LadderFact) => [days(fact), source(fact), note(fact)]
  const other = all(one).filter((line, i) => line !== all(next)[i])
  const detailsThen = details(one).filter(([field, said]) => details(next).find(([name]) => name === field)?.[1] !== said).map(([field, said]) => t('ladder.detailLine', { name: t(`ladder.words.details.${field}`), value: said }))
  return (
    <li>
      {t('ladder.historyLine', { version: format.number(one.version), says: t(`ladder.words.says.${one.says}`), standing: words.standing(one), from: format.zoned(one.knownFrom, list.timeZone), to: format.zoned(one.knownTo ?? one.knownFrom, list.timeZone) })}
      {[...other, ...detailsThen, ...(one.reason === null ? [] : [t('ladder.reasonLine', { text: one.reason })])].map((line) => <div key={line} className="quiet">{line}</div>)}
    </li>
  )
}
