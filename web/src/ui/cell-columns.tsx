import type { Basis } from '@lastmile/shared/basis'
import { fewestEligibleForShare, type CoverageCell } from '@lastmile/shared/coverage'
import { noUnit } from '@lastmile/shared/region'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital } from '../lib/format'
import { kindsTold } from '../lib/kinds-told'
import { readCell } from '../lib/reading'
import { useAsking, useWorld } from '../lib/world'
import type { Column } from './data-table'
import { EligibleLink } from './eligible-link'
import { FewNamed } from './few-named'
import { NumberLink } from './number-link'
import { ReadingWord } from './reading-word'
import { ShareRange } from './share-range'
import { StateCountsList } from './state-counts'

/** A drug in a region (or in no unit, where neither cities nor the eligible are told) and what is said of it there; null where nothing ever was: not reported, not zero. */
export interface CellRow { drug: string; region: string; cell: CoverageCell | null }

type Counted = 'institutions' | 'hospitals' | 'pharmacies' | 'cities'

/** The columns that say what a cell holds: who stocks it, what else is said, who is eligible, the share as a range. `name` names a row to those who only hear it. */
export function useCellColumns({ rows, basis, name, cities }: { rows: readonly CellRow[]; basis: Basis | null; name: (row: CellRow) => string; cities: boolean }): Column<CellRow>[] {
  const { t } = useTranslation()
  const { places } = useWorld()
  const asking = useAsking()
  const evidence = basis?.evidence ?? asking.evidence
  const told = kindsTold(rows.map((row) => row.cell?.stocked))
  return useMemo(() => {
    const count = (id: Counted, header: string, kind?: 'hospital' | 'pharmacy'): Column<CellRow> => ({
      id, header, numeric: true, value: ({ cell, region }) => (cell && readCell(cell).state === 'value' && !(id === 'cities' && region === noUnit) ? cell.stocked[id] : null),
      cell: (row) => (id === 'cities' && row.region === noUnit ? <span className="quiet">–</span> : (
        <ReadingWord reading={readCell(row.cell)}>
          <NumberLink value={row.cell?.stocked[id] ?? 0} rows={{ drug: row.drug, region: row.region, evidence, state: 'in_stock', ...(kind ? { kind } : {}) }} label={`${name(row)}, ${header}`} />
        </ReadingWord>
      )),
    })
    return [
      count('institutions', t('parts.institutions')),
      ...(told ? [count('hospitals', t('words.kinds.hospital'), 'hospital'), count('pharmacies', t('words.kinds.pharmacy'), 'pharmacy')] : []),
      ...(cities ? [count('cities', capital(places.cities))] : []),
      {
        id: 'states', header: t('parts.states'), sortable: false,
        value: ({ cell }) => (cell ? Object.entries(cell.states).filter(([, n]) => n > 0).map(([state, n]) => `${t(`words.state.${state as keyof typeof cell.states}`)} ${n}`).join('; ') : null),
        cell: (row) => <StateCountsList counts={row.cell?.states ?? null} rows={{ drug: row.drug, region: row.region, evidence }} label={name(row)} />,
      },
      {
        id: 'eligible', header: t('parts.eligible'), numeric: true, value: ({ cell }) => cell?.eligible?.institutions ?? null,
        cell: ({ cell, drug, region }) => (cell?.eligible ? <EligibleLink count={cell.eligible.institutions} drug={drug} region={region} /> : <span className="quiet">–</span>),
      },
      {
        id: 'share', header: t('parts.share'), value: ({ cell }) => cell?.share?.low ?? null,
        cell: ({ cell, drug, region }) => (cell && region !== noUnit
          ? <ShareRange eligible={cell.eligible} share={cell.share} names={cell.eligible && cell.eligible.institutions < fewestEligibleForShare ? <FewNamed count={cell.eligible.institutions} drug={drug} region={region} evidence={evidence} /> : undefined} />
          : <span className="quiet">–</span>),
      },
    ]
  }, [t, name, places, evidence, told, cities])
}
