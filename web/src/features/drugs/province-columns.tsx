import type { Basis } from '@lastmile/shared/basis'
import { fewestEligibleForShare, type CoverageCell } from '@lastmile/shared/coverage'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { kindsTold } from '../../lib/kinds-told'
import { useAsking, useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { EligibleLink } from '../../ui/eligible-link'
import { FewNamed } from '../../ui/few-named'
import { RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { ShareRange } from '../../ui/share-range'
import { StateCountsList } from '../../ui/state-counts'

/** A unit and what is said of the drug there; null where nothing ever was: not reported, not zero. */
export interface ProvinceRow { region: string; cell: CoverageCell | null }

/** The columns of a drug by unit; `rows` decide whether hospitals and pharmacies are told apart. */
export function useProvinceColumns(drug: string, basis: Basis | null, rows: readonly ProvinceRow[]): Column<ProvinceRow>[] {
  const { t } = useTranslation()
  const { unitName } = useWorld()
  const asking = useAsking()
  const evidence = basis?.evidence ?? asking.evidence
  const asOf = basis?.asOf ?? asking.asOf
  const told = kindsTold(rows.map((row) => row.cell?.stocked))
  return useMemo(() => {
    const said = (row: ProvinceRow) => row.cell !== null && Object.values(row.cell.states).some((count) => count > 0)
    const count = (id: 'institutions' | 'hospitals' | 'pharmacies' | 'cities', header: string, kind?: 'hospital' | 'pharmacy'): Column<ProvinceRow> => ({
      id, header, numeric: true, value: (row) => (row.cell && said(row) ? row.cell.stocked[id] : null),
      cell: (row) => (row.cell && said(row)
        ? <NumberLink value={row.cell.stocked[id]} rows={{ drug, region: row.region, evidence, state: 'in_stock', ...(kind ? { kind } : {}) }} label={`${unitName(row.region)}, ${header}`} />
        : <em className="quiet">{t('table.missing')}</em>),
    })
    return [
      { id: 'region', header: t('parts.unit'), heading: true, value: (row) => unitName(row.region), cell: (row) => <RegionLink code={row.region} /> },
      count('institutions', t('parts.institutions')),
      ...(told ? [count('hospitals', t('words.kinds.hospital'), 'hospital'), count('pharmacies', t('words.kinds.pharmacy'), 'pharmacy')] : []),
      count('cities', t('parts.cities')),
      { id: 'states', header: t('parts.states'), sortable: false, value: (row) => (row.cell ? Object.entries(row.cell.states).filter(([, n]) => n > 0).map(([state, n]) => `${state} ${n}`).join('; ') : null), cell: (row) => <StateCountsList counts={row.cell?.states ?? null} rows={{ drug, region: row.region, evidence }} label={unitName(row.region)} /> },
      { id: 'eligible', header: t('parts.eligible'), numeric: true, value: (row) => row.cell?.eligible?.institutions ?? null, cell: (row) => (row.cell?.eligible ? <EligibleLink count={row.cell.eligible.institutions} drug={drug} region={row.region} /> : <span className="quiet">–</span>) },
      {
        id: 'share', header: t('parts.share'), value: (row) => row.cell?.share?.low ?? null,
        cell: (row) => (row.cell
          ? <ShareRange eligible={row.cell.eligible} share={row.cell.share} names={row.cell.eligible && row.cell.eligible.institutions < fewestEligibleForShare ? <FewNamed count={row.cell.eligible.institutions} drug={drug} region={row.region} evidence={evidence} asOf={asOf} /> : undefined} />
          : <span className="quiet">–</span>),
      },
    ]
  }, [t, unitName, drug, evidence, asOf, told])
}
