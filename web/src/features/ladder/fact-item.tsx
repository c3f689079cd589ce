import { detailsOf, type LadderFact } from '@lastmile/shared/ladder-fact'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { ladderFactQuery } from '../../lib/queries/ladder'
import { useWorld } from '../../lib/world'
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
  const { source, note, detail } = fact
  const value = (field: keyof typeof detail): string | null => {
    const said = detail[field]
    if (said === null) return null
    if (field === 'by') return t(`ladder.words.by.${detail.by!}`)
    return typeof said === 'boolean' ? t(said ? 'ladder.words.says.yes' : 'ladder.words.says.no') : typeof said === 'number' ? format.number(said) : typeof said === 'string' ? said : text(said)
  }
  const details = detailsOf[fact.rung].flatMap((field) => { const said = value(field); return said === null ? [] : [[field, said] as const] })
  return (
    <div className={css.fact} data-counts={counts} data-standing={fact.standing}>
      <div className={css.top}>
        <strong>{t(`ladder.words.says.${fact.says}`)}</strong>
        <span>{words.since({ since: fact.validFrom, exact: fact.exact, until: fact.validTo })}</span>
        <span>{words.standing(fact)}</span>
        {!counts && fact.standing !== 'refused' && fact.says !== 'required' && <span className="quiet">{t('ladder.notCounted')}</span>}
      </div>
      <div className="quiet">{[fact.drug === null ? t('ladder.allDrugs') : drugName(fact.drug), fact.unit === null ? t('ladder.everywhere') : unitName(fact.unit), fact.cityName && text(fact.cityName)].filter(Boolean).join(' · ')}</div>
      {details.map(([field, said]) => <div key={field}>{t('ladder.detailLine', { name: t(`ladder.words.details.${field}`), value: said })}</div>)}
      <div>{t('ladder.sourceLine', { text: text(source.text) })}{[source.number, source.dated].filter((part) => part !== null).map((part) => ` · ${part}`)}{source.url !== null && <> · <a href={source.url} rel="noreferrer" target="_blank">{t('ladder.openSource')}</a></>}</div>
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

/** What was known of a fact before, once it is asked for. */
function FactHistory({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useLadderWords()
  const { list } = useWorld()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({ ...ladderFactQuery(list.code, code), enabled: open })
  if (!open) return <div><Button onClick={() => setOpen(true)}>{t('ladder.history')}</Button></div>
  return (
    <ul>
      {(data?.former ?? []).map((one) => (
        <li key={one.version}>{t('ladder.historyLine', { version: format.number(one.version), says: t(`ladder.words.says.${one.says}`), standing: words.standing(one), from: format.zoned(one.knownFrom, list.timeZone), to: format.zoned(one.knownTo ?? one.knownFrom, list.timeZone) })}</li>
      ))}
    </ul>
  )
}
