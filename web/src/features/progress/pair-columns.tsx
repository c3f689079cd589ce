import type { PairRow } from '@lastmile/shared/drop-off'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Side } from '@lastmile/shared/contradiction'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { asPresent, encodeRows } from '../../lib/search'
import type { World } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { InstitutionName } from '../../ui/institution-name'
import { DrugLink, RegionLink } from '../../ui/names'
import { StateMark } from '../../ui/state-mark'
import css from './progress.module.css'

type Placed = Pick<PairRow, 'drug' | 'institution' | 'institutionName' | 'kind' | 'unit'>

/** The columns that say of which pair a row is. */
export function placeColumns<Row extends Placed>(t: TFunction, world: World): Column<Row>[] {
  return [
    { id: 'institution', header: t('rows.institution'), heading: true, sortable: false, value: (row) => row.institutionName, cell: (row) => <InstitutionName institution={{ code: row.institution, name: row.institutionName }}>{row.kind !== 'other' && ` · ${t(`words.kind.${row.kind}`)}`}</InstitutionName> },
    { id: 'drug', header: t('rows.drug'), sortable: false, value: (row) => world.drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'unit', header: capital(world.places.unit), sortable: false, value: (row) => (row.unit === null ? null : world.unitName(row.unit)), cell: (row) => (row.unit === null ? null : <RegionLink code={row.unit} />) },
  ]
}

/** What one kind of evidence says of a pair: the state, which opens the row behind it, and its day. */
export function PairSide({ side, evidence, drug, institution }: { side: Side | null; evidence: Evidence; drug: string; institution: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (side === null) return <span className="quiet">{t(`contradictions.silent.${evidence}`)}</span>
  return (
    <div className={css.pair}>
      <Link to="." search={(previous) => ({ ...previous, ...asPresent, rows: encodeRows({ drug, institution, evidence }) })} state={{ rowsOpened: true }} resetScroll={false} title={t('rows.open')}>
        {evidence === 'supplied' ? t('contradictions.seen') : <StateMark state={side.state} />}
      </Link>
      <span className="quiet number">{format.shortDay(side.day, true)}</span>
      {side.reason != null && <span className="quiet">{t(`words.reason.${side.reason}`)}</span>}
    </div>
  )
}
