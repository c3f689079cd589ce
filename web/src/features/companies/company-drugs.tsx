import type { CompanyAnswer } from '@lastmile/shared/drug-answer'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { companyQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import { ByLot } from '../../ui/by-lot'
import type { Column } from '../../ui/data-table'
import { BigFigure, EvidenceCards, SmallFigures } from '../../ui/evidence-cards'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { NowNote } from '../../ui/now-note'
import { NumberLink } from '../../ui/number-link'
import { Tag } from '../../ui/page-head'
import css from './company.module.css'

type Row = CompanyAnswer['drugs'][number]

/** The company's drugs, those stocked nowhere first, each under the three kinds of evidence with the last word on it. */
export function CompanyDrugs({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drug, drugName, places: { units: unitWord } } = useWorld()
  const { asOf } = useAsking()
  const answer = useQuery({ ...companyQuery(list.code, code, { asOf }), placeholderData: keepPreviousData })
  const rows = [...(answer.data?.drugs ?? [])].sort((a, b) => Number(isStocked(a)) - Number(isStocked(b)))
  const watched = (evidence: Evidence) => evidence === 'supplied' && list.evidences.includes('supplied')
  const last = (row: Row, evidence: Evidence) => row.lastStatements.find((one) => one.evidence === evidence)?.day ?? null
  const figure = (row: Row, evidence: Evidence, count: number, label: string) => <NumberLink value={count} rows={{ drug: row.drug, evidence, state: 'in_stock' }} label={`${drugName(row.drug)}, ${t(`words.evidence.${evidence}.short`)}, ${label}`} />
  const columns: Column<Row>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    ...evidences.flatMap((evidence): Column<Row>[] => [
      { id: `${evidence}-institutions`, header: `${t(`words.evidence.${evidence}.short`)}: ${t('parts.institutions')}`, numeric: true, value: (row) => (last(row, evidence) === null ? null : row.institutions[evidence]), cell: (row) => (last(row, evidence) === null ? <em className="quiet">{t(watched(evidence) ? 'drug.noSupplySeen' : 'table.missing')}</em> : figure(row, evidence, row.institutions[evidence], t('parts.institutions'))) },
      { id: `${evidence}-units`, header: `${t(`words.evidence.${evidence}.short`)}: ${unitWord}`, numeric: true, value: (row) => (last(row, evidence) === null ? null : row.units[evidence]) },
      { id: `${evidence}-last`, header: t('company.lastSaid'), value: (row) => last(row, evidence), cell: (row) => { const day = last(row, evidence); return day === null ? <em className="quiet">{t('drug.neverSaid')}</em> : <span className="number">{format.shortDay(day, true)}</span> } },
    ]),
  ]
  const basis = { list: list.code, evidence: null, asOf: answer.data?.asOf ?? asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<Row> id="drugs" title={t('company.drugs')} unit={t('company.unit')} basis={basis} query={answer} twin={{ columns, rows, rowKey: (row) => row.drug }} empty={answer.data && rows.length === 0 ? t('company.none') : undefined}>
      <NowNote />
      <ul className={css.drugs}>
        {rows.map((row) => {
          const known = drug(row.drug)
          return (
            <li key={row.drug} data-alarm={!isStocked(row) && isReported(row)}>
              <div className={css.name}>
                <h3><DrugLink code={row.drug} /></h3>
                {!isStocked(row) && (isReported(row) ? <Tag tone="alarm">{t('gaps.nowhere')}</Tag> : <Tag>{t('table.missing')}</Tag>)}
                {known && <Tag>{t(`words.supplyForm.${known.supplyForm}`)}</Tag>}
                {known?.rareDisease && <Tag>{t('drug.rare')}</Tag>}
              </div>
              {!isStocked(row) && <ByLot />}
              <EvidenceCards label={drugName(row.drug)} card={(evidence) => {
                const day = last(row, evidence)
                if (day === null) return <BigFigure label={t(watched(evidence) ? 'drug.noSupplyMeans' : 'drug.notReportedMeans')}>{t(watched(evidence) ? 'drug.noSupplySeen' : 'table.missing')}</BigFigure>
                return (
                  <>
                    <BigFigure label={t('parts.institutions')} alarm={row.institutions[evidence] === 0}>{figure(row, evidence, row.institutions[evidence], t('parts.institutions'))}</BigFigure>
                    <SmallFigures figures={[[unitWord, figure(row, evidence, row.units[evidence], unitWord)], [t('company.lastSaid'), <span key="day" className="number">{format.shortDay(day, true)}</span>]]} />
                  </>
                )
              }} />
            </li>
          )
        })}
      </ul>
    </Frame>
  )
}

/** True where any kind of evidence has it somewhere. */
function isStocked(row: Row): boolean {
  return evidences.some((evidence) => row.institutions[evidence] > 0)
}

/** Nobody's word is silence, and no alarm. */
function isReported(row: Row): boolean {
  return row.lastStatements.some((one) => one.day !== null)
}
