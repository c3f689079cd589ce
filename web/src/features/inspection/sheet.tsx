import type { Basis } from '@lastmile/shared/basis'
import type { InspectionSheet } from '@lastmile/shared/inspection'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../../lib/evidence-words'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { CompanyLink } from '../../ui/names'
import { QrCode } from '../../ui/qr-code'
import css from './inspection.module.css'
import { useOnePage } from './one-page'
import { SheetCases } from './sheet-cases'
import { SheetCompared } from './sheet-compared'
import { SheetFigures } from './sheet-figures'
import { SheetGaps } from './sheet-gaps'
import { SheetOffices } from './sheet-offices'
import { SheetParts } from './sheet-parts'
import { useSubjectName } from './subject'

/**
 * One subject on one page of paper: whose word, as of when, known when; where it stands, its course and its peers, its
 * gaps, and what offices alone see. On the screen every figure opens its rows; it looks the same in light and dark, as
 * paper does. `at`: which of `total` sheets; `made`: the instant at which the figures were put together.
 */
export const Sheet = memo(function Sheet({ sheet, basis, at, total, made }: { sheet: InspectionSheet; basis: Basis; at: number; total: number; made: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, places } = useWorld()
  const words = useEvidenceWords()
  const name = useSubjectName()(sheet.of, sheet.code)
  const { evidence, asOf, knownOn, since } = basis
  const address = `${window.location.origin}/${encodeURIComponent(list.code)}/inspection/${sheet.of}/${encodeURIComponent(sheet.code)}${searchOf(basis)}`
  const page = useOnePage()
  const isPublic = sheet.reporting === undefined && sheet.contradictions === undefined && sheet.cases === undefined
  return (
    <article ref={page} className={css.sheet} data-map-scheme="light" data-sheet={sheet.code} aria-label={t('inspection.sheet', { list: text(list.name), name })}>
      <header className={css.head}>
        <p className={css.over}><span>{text(list.name)}</span><span>{t(`inspection.kind.${sheet.of}`, { unit: places.unit })}{total > 1 && ` · ${t('inspection.sheetOf', { at: format.number(at), total: format.number(total) })}`}</span></p>
        <h2>{name}</h2>
        <p className={css.basis}>
          {evidence !== null && <EvidenceBadge evidence={evidence} />}
          <strong>{t('frame.asOf', { day: format.day(asOf) })}</strong>
          {since !== null && <span>{t('frame.since', { day: format.day(since) })}</span>}
          <span>{knownOn === null ? t('inspection.knownNow') : t('frame.knownOn', { instant: format.zoned(knownOn, list.timeZone) })}</span>
          <span className={css.marked}>{t(isPublic ? 'inspection.public' : 'inspection.internal')}</span>
        </p>
        <Who sheet={sheet} />
        {basis.demonstration && <p className={css.demonstration}><strong>{t('demonstration.title')}</strong> {t('demonstration.text')}</p>}
      </header>
      <SheetFigures sheet={sheet} evidence={evidence!} />
      <SheetCompared sheet={sheet} evidence={evidence!} />
      {sheet.of === 'company' ? <SheetGaps sheet={sheet} evidence={evidence!} /> : <SheetParts sheet={sheet} />}
      <SheetCases sheet={sheet} />
      <SheetOffices sheet={sheet} />
      <footer className={css.foot}>
        <p>{t('inspection.source', { list: text(list.name), evidence: words(evidence!).name })}{t('inspection.between')}{t('inspection.reading')}<br />{t('inspection.made', { at: format.zoned(made, list.timeZone) })} · <span className={css.address}>{address}</span></p>
        <QrCode text={address} label={t('inspection.scan')} size={58} />
      </footer>
    </article>
  )
})

/** Who the subject is, in one line. */
function Who({ sheet: { of, code, peers } }: { sheet: InspectionSheet }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { drug: find, company: findCompany, regions } = useWorld()
  const [drug, company, [first]] = [of === 'drug' ? find(code) : undefined, of === 'company' ? findCompany(code) : undefined, peers]
  if (drug) {
    return (
      <p className={css.who}>
        {t('drug.number', { no: format.number(drug.no) })} · {drug.code} · {text(drug.name) === drug.name.zh ? drug.name.en : drug.name.zh} · <CompanyLink code={drug.company} /> · {t(`words.supplyForm.${drug.supplyForm}`)}{drug.rareDisease && ` · ${t('drug.rare')}`}
        {drug.indication && <><br />{text(drug.indication)}</>}
      </p>
    )
  }
  if (company) return <p className={css.who}>{t('company.authorised')} · {text(company.name) === company.name.zh ? company.name.en : company.name.zh} · {t('inspection.drugsCount', { formatted: format.number(company.drugs.length) })}</p>
  const residents = first?.by === 'residents' ? first.residents : null
  return <p className={css.who}>{code} · {residents === null ? t('inspection.residentsNotLoaded') : t('inspection.residents', { formatted: format.number(residents), source: regions.populationSource ? text(regions.populationSource) : '–' })}</p>
}

/** The same question in an address, so that whoever scans it sees these figures. */
function searchOf({ evidence, asOf, today, knownOn, since }: Basis): string {
  const query = new URLSearchParams()
  if (evidence !== null) query.set('evidence', evidence)
  if (asOf !== today) query.set('asOf', asOf)
  if (knownOn !== null) query.set('knownOn', knownOn)
  if (since !== null && evidence === 'supplied') query.set('since', since)
  return `?${query.toString()}`
}
