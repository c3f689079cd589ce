import type { InstitutionAnswer } from '@lastmile/shared/institution'
import type { Evidence } from '@lastmile/shared/evidence'
import type { State } from '@lastmile/shared/state'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { encodeRows } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { AskOffice } from '../../ui/ask-office'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { NowNote } from '../../ui/now-note'
import { StandingMark, StateMark } from '../../ui/state-mark'
import css from './institutions.module.css'

type Row = InstitutionAnswer['drugs'][number]

/** What each kind of evidence says of each listed drug here, and what they say together; each word opens its rows. */
export function InstitutionDrugs({ answer, query }: { answer: InstitutionAnswer; query: FrameQuery }) {
  const { t } = useTranslation()
  const { list, drugName } = useWorld()
  const { code } = answer.institution
  const noSupply = list.evidences.includes('supplied') ? 'institution.noSupply' as const : 'table.missing' as const
  const rows = useMemo(() => [...answer.drugs.filter(isSaid), ...answer.drugs.filter((row) => !isSaid(row))], [answer.drugs])
  const columns = useMemo<Column<Row>[]>(() => {
    const opens = (row: Row, evidence: Evidence, state: State) => (
      <span className={css.cell}>
        <Link to="." search={(previous) => ({ ...previous, rows: encodeRows({ institution: code, drug: row.drug, evidence }) })} resetScroll={false} title={t('rows.open')} aria-label={t('rows.numberOf', { label: `${drugName(row.drug)} · ${t(`words.evidence.${evidence}.short`)}`, number: t(`words.state.${state}`) })}>
          <StateMark state={state} />
        </Link>
      </span>
    )
    const stateOf = (evidence: 'declared' | 'confirmed'): Column<Row> => ({
      id: evidence, header: t(`words.evidence.${evidence}.short`), value: (row) => t(`words.state.${row[evidence] ?? 'not_reported'}`), cell: (row) => opens(row, evidence, row[evidence] ?? 'not_reported'),
    })
    return [
      { id: 'drug', header: t('rows.drug'), heading: true, value: (row) => drugName(row.drug), cell: (row) => <><DrugLink code={row.drug} />{isSaid(row) && <AskOffice kind="statement_disputed" drug={row.drug} institution={code} />}</> },
      { id: 'standing', header: t('legend.standings'), value: (row) => (row.standing === null ? null : t(`words.standing.${row.standing}`)), cell: (row) => (row.standing === null ? <em className="quiet">{t('table.missing')}</em> : <StandingMark standing={row.standing} />) },
      stateOf('declared'),
      stateOf('confirmed'),
      {
        id: 'supplied', header: t('words.evidence.supplied.short'), value: (row) => t(row.supplied ? 'rows.supplySeen' : noSupply),
        cell: (row) => (row.supplied
          ? <Link to="." search={(previous) => ({ ...previous, rows: encodeRows({ institution: code, drug: row.drug, evidence: 'supplied' }) })} resetScroll={false} title={t('rows.open')}>{t('rows.supplySeen')}</Link>
          : <span className="quiet">{t(noSupply)}</span>),
      },
      { id: 'eligible', header: t('parts.eligible'), value: (row) => (row.eligible === null ? null : t(row.eligible ? 'parts.yes' : 'parts.no')), cell: (row) => (row.eligible === null ? <span className="quiet">{t('parts.notLoaded')}</span> : t(row.eligible ? 'parts.yes' : 'parts.no')) },
    ]
  }, [t, drugName, code, noSupply])
  const basis = { list: list.code, evidence: null, asOf: answer.asOf, today: list.today, knownOn: null, since: null, demonstration: list.demonstration }
  return (
    <Frame<Row> id="drugs" title={t('institution.drugs')} unit={t('institution.drugsUnit')} basis={basis} query={query} picture={false} twin={{ columns, rows, rowKey: (row) => row.drug }}>
      <NowNote />
      <DataTable columns={columns} rows={rows} rowKey={(row) => row.drug} caption={t('institution.drugs')} />
    </Frame>
  )
}

/** True where anybody ever said anything of the drug here. */
function isSaid(row: Row): boolean {
  return row.declared !== null || row.confirmed !== null || row.supplied
}
