import type { Contradiction } from '@lastmile/shared/contradiction'
import type { TFunction } from 'i18next'
import { capital, type Format } from '../../lib/format'
import type { World } from '../../lib/world'
import { ConfirmLink } from '../../ui/confirm-link'
import type { Column } from '../../ui/data-table'
import { InstitutionName } from '../../ui/institution-name'
import { CompanyLink, DrugLink, RegionLink } from '../../ui/names'
import { Tag } from '../../ui/page-head'
import css from './contradictions.module.css'
import { SideCell } from './side-cell'

const tones = { open: 'warn', answered: 'good', expired: 'alarm' } as const

/** Names a row of the table. */
export const keyOf = ({ drug, institution }: Pick<Contradiction, 'drug' | 'institution'>) => `${drug} ${institution}`

/** Whether a source can be asked about a pair: there is one, and it is not asked already. */
export const canBeAsked = ({ owner, request }: Contradiction) => owner !== null && request?.state !== 'open'

/** The columns of contradictions: where, which drug, for how long, what each kind of evidence says, whose turn it is, and whether he was asked. `chosen`: undefined where nobody can be asked. */
export function contradictionColumns({ t, format, world, chosen, onChoose, ownerName }: {
  t: TFunction
  format: Format
  world: World
  chosen: ReadonlySet<string> | undefined
  onChoose: (key: string, isChosen: boolean) => void
  /** The name of the office whose turn it is, in words. */
  ownerName: (row: Contradiction) => string
}): Column<Contradiction>[] {
  const choose: Column<Contradiction>[] = chosen === undefined ? [] : [{
    id: 'choose', header: t('contradictions.choose'), sortable: false, value: () => null,
    cell: (row) => (canBeAsked(row)
      ? <label className={css.choose}><input type="checkbox" checked={chosen.has(keyOf(row))} onChange={(event) => onChoose(keyOf(row), event.target.checked)} /><span className="sr-only">{t('contradictions.chooseOne', { drug: world.drugName(row.drug), institution: row.institutionName })}</span></label>
      : null),
  }]
  const side = (evidence: 'declared' | 'confirmed' | 'supplied'): Column<Contradiction> => ({
    id: evidence, header: t(`words.evidence.${evidence}.short`), sortable: false, value: (row) => row[evidence]?.state ?? null, cell: (row) => <SideCell side={row[evidence]} evidence={evidence} drug={row.drug} institution={row.institution} />,
  })
  return [
    ...choose,
    { id: 'institution', header: t('rows.institution'), heading: true, value: (row) => row.institutionName, cell: (row) => <InstitutionName institution={{ code: row.institution, name: row.institutionName }}>{row.kind !== 'other' && ` · ${t(`words.kind.${row.kind}`)}`}</InstitutionName> },
    { id: 'drug', header: t('rows.drug'), value: (row) => world.drugName(row.drug), cell: (row) => <DrugLink code={row.drug} /> },
    { id: 'age', header: t('contradictions.age'), numeric: true, value: (row) => row.age, cell: (row) => <><span className={css.age}>{t('contradictions.days', { formatted: format.number(row.age) })}</span><div className="quiet number">{t('contradictions.since', { day: format.shortDay(row.began, true) })}</div></> },
    side('declared'), side('confirmed'), side('supplied'),
    { id: 'owner', header: t('contradictions.owner'), value: ownerName, cell: (row) => (row.owner === null ? <span className="quiet">{t('contradictions.nobody')}</span> : <><div>{ownerName(row)}</div><div className="quiet">{t(`contradictions.ownerReason.${row.owner.reason}`)}</div>{row.owner.office !== 'company' && <ConfirmLink drug={row.drug} institution={row.institution} />}</>) },
    {
      id: 'request', header: t('contradictions.request'), value: (row) => row.request?.state ?? null,
      cell: ({ request }) => (request === null ? <span className="quiet">{t('contradictions.notAsked')}</span> : (
        <div className={css.side}>
          <Tag tone={tones[request.state]}>{t(`contradictions.requests.${request.state}`)}</Tag>
          <span className="quiet number">{t('contradictions.askedOn', { day: format.instant(request.askedAt, world.list.timeZone) })}</span>
          {request.state !== 'answered' && <span className="quiet number">{t('contradictions.until', { day: format.shortDay(request.until, true) })}</span>}
        </div>
      )),
    },
    { id: 'unit', header: capital(world.places.unit), value: (row) => (row.unit === null ? null : world.unitName(row.unit)), cell: (row) => (row.unit === null ? null : <RegionLink code={row.unit} />) },
    { id: 'company', header: t('parts.company'), value: (row) => world.companyName(row.company), cell: (row) => <CompanyLink code={row.company} /> },
  ]
}
