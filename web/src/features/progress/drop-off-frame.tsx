import { mendSets, type DropOffAnswer, type PairRow, type PairSet } from '@lastmile/shared/drop-off'
import { evidences } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { downloadOf } from '../../lib/queries/download'
import { pageBefore } from '../../lib/queries/page-before'
import { dropOffQuery } from '../../lib/queries/progress'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { DataTable, type Column } from '../../ui/data-table'
import { Empty } from '../../ui/empty'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { PairSide, placeColumns } from './pair-columns'
import css from './progress.module.css'

/** Pairs on one page of the table. */
const limit = 25
const funnel = ['declared', 'confirmed', 'supplied'] as const
const between = ['refuted', 'unconfirmed', 'unsupplied', 'supplied_unconfirmed', 'never_declared', ...mendSets] as const

/** Where the company's pairs drop off, from its word to the patient: each number opens its pairs below. */
export function DropOffFrame({ company, set, drug, offset, onOffset }: { company: string; set: PairSet; drug: string | undefined; offset: number; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { list, drugName } = world
  const question = { company, set, ...(drug === undefined ? {} : { drug }) }
  const answer = useQuery({ ...dropOffQuery(list.code, { company, set: 'declared', limit: 1 }), placeholderData: keepPreviousData })
  const asked = dropOffQuery(list.code, { ...question, offset, limit })
  const rows = useQuery({ ...asked, placeholderData: pageBefore(asked.queryKey) })
  type ByDrug = DropOffAnswer['byDrug'][number]
  const columns: Column<ByDrug>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    ...([...funnel, ...between] as const).map((one): Column<ByDrug> => ({
      id: one, header: t(`progress.dropOff.sets.${one}`), numeric: true, value: (row) => row.totals[one],
      cell: (row) => <SetLink set={one} drug={row.drug} label={`${t(`progress.dropOff.sets.${one}`)} · ${drugName(row.drug)}`} isOn={set === one && drug === row.drug}>{format.number(row.totals[one])}</SetLink>,
    })),
  ]
  const pairs: Column<PairRow>[] = [
    ...placeColumns<PairRow>(t, world),
    ...evidences.map((evidence): Column<PairRow> => ({ id: evidence, header: t(`words.evidence.${evidence}.short`), sortable: false, value: (row) => row[evidence]?.state ?? null, cell: (row) => <PairSide side={row[evidence]} evidence={evidence} drug={row.drug} institution={row.institution} /> })),
  ]
  const totals = answer.data?.totals
  const most = Math.max(1, totals?.declared.pairs ?? 1)
  const title = drug === undefined ? t(`progress.dropOff.sets.${set}`) : `${t(`progress.dropOff.sets.${set}`)} · ${drugName(drug)}`
  return (
    <Frame<ByDrug>
      id="drop-off" title={t('progress.dropOff.title')} unit={t('progress.dropOff.unit')} basis={answer.data ? { ...answer.data.basis, since: null } : null} query={answer} height={420} paintable={false}
      empty={answer.data && totals!.declared.pairs === 0 && totals!.never_declared.pairs === 0 ? t('progress.dropOff.none') : undefined}
      twin={{ columns, rows: answer.data?.byDrug ?? [], rowKey: (row) => row.drug }} downloads={{ csv: downloadOf(list.code, 'progress/drop-off', question, 'csv'), xlsx: downloadOf(list.code, 'progress/drop-off', question, 'xlsx') }}
    >
      {totals && (
        <>
          <p className="quiet">{t('progress.dropOff.lead', { day: format.day(answer.data!.basis.since ?? list.inForce) })}</p>
          <ul className={css.funnel}>
            {funnel.map((one) => (
              <li key={one}>
                <span>{t(`progress.dropOff.sets.${one}`)}</span>
                <span className={css.bar}>
                  <span className={css.track} style={{ '--bar-color': `var(--${one})` } as CSSProperties}><i data-solid={one === 'confirmed'} data-dots={one === 'supplied'} style={{ width: `${(100 * totals[one].pairs) / most}%` }} aria-hidden="true" /></span>
                  <SetLink set={one} drug={undefined} label={t(`progress.dropOff.sets.${one}`)} isOn={set === one && drug === undefined}>{t('progress.pairs', { count: totals[one].pairs, formatted: format.number(totals[one].pairs) })}</SetLink>
                  <span className="quiet number">{t('progress.atInstitutions', { count: totals[one].institutions, formatted: format.number(totals[one].institutions) })}</span>
                </span>
              </li>
            ))}
          </ul>
          <div className={css.sets}>
            {between.map((one) => (
              <Link key={one} to="." search={(previous: object) => ({ ...previous, set: one, drug: undefined, offset: undefined })} replace resetScroll={false} className={css.set} aria-current={set === one && drug === undefined} activeProps={{}} data-tone={(one === 'refuted' || one === 'never_declared') && totals[one].pairs > 0 ? 'alarm' : undefined}>
                <span>{t(`progress.dropOff.sets.${one}`)}</span><b>{format.number(totals[one].pairs)}</b><small>{t(`progress.dropOff.means.${one}`)}</small>
              </Link>
            ))}
          </div>
          {(answer.data?.byDrug.length ?? 0) > 1 && <DataTable columns={columns} rows={answer.data!.byDrug} rowKey={(row) => row.drug} caption={t('progress.dropOff.byDrug')} />}
          <h3 id="drop-off-rows" className={css.rows}>{rows.data ? t('progress.rowsOf', { title, formatted: format.number(rows.data.page.total) }) : title}</h3>
          <div aria-busy={rows.isPlaceholderData}>
            <Answered query={rows} height={240}>
              {(of) => (of.rows.length === 0 ? <Empty>{t('progress.noRows')}</Empty> : (
                <>
                  <DataTable columns={pairs} rows={of.rows} rowKey={(row) => `${row.drug} ${row.institution}`} caption={title} maxHeight={520} />
                  {of.page.total > limit && <Pagination page={of.page} onPage={onOffset} />}
                </>
              ))}
            </Answered>
          </div>
        </>
      )}
    </Frame>
  )
}

/** A number of a set that shows its pairs below. */
function SetLink({ set, drug, label, isOn, children }: { set: PairSet; drug: string | undefined; label: string; isOn: boolean; children: string }) {
  const { t } = useTranslation()
  return <Link to="." search={(previous: object) => ({ ...previous, set, drug, offset: undefined })} replace resetScroll={false} aria-current={isOn} activeProps={{}} aria-label={t('rows.numberOf', { label, number: children })}>{children}</Link>
}
