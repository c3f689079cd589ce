import type { DemandAnswer, DemandQuestion, DemandRow } from '@lastmile/shared/demand'
import { demandPatients, demandUrgencies } from '@lastmile/shared/demand'
import { evidences, type Evidence } from '@lastmile/shared/evidence'
import { negativeStates } from '@lastmile/shared/state'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { asPresent } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Frame } from '../../ui/frame'
import { DrugLink, RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Said, saidWord } from '../../ui/said'
import { SeeAlso } from '../../ui/see-also'
import css from './demand.module.css'
import { NamedDemands } from './named-demands'

const rowKey = ({ drug, unit }: DemandRow) => `${drug} ${unit}`

/** Who looks: an institution at its own, a company, a city's office, or the office of a unit or the nation. What is told of cities is another thing to each. */
export type DemandLook = 'own' | 'company' | 'city' | 'office'

/** Demand and supply side by side: a row for each drug and unit, with the cities that are told. */
export function DemandFrame({ answer, question, look }: { answer: UseQueryResult<DemandAnswer>; question: Partial<DemandQuestion>; look: DemandLook }) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const citiesText = useCitiesText()
  const isOwn = look === 'own'
  const rows = answer.data?.rows ?? []
  const stockedText = (stocked: DemandRow['stocked'], evidence: Evidence) => { const word = saidWord({ evidence, ...stocked[evidence] }); return word === null ? format.number(stocked[evidence].institutions ?? 0) : t(word) }
  const tally = <Name extends string>(names: readonly Name[], counts: Record<Name, number>, word: (name: Name) => string) => names.filter((name) => counts[name] > 0).map((name) => t('finder.offices.tally', { word: word(name), formatted: format.number(counts[name]) }))
  const [patientWord, urgencyWord] = [(one: (typeof demandPatients)[number]) => t(`finder.patientsOf.${one}`), (one: (typeof demandUrgencies)[number]) => t(`finder.urgencyOf.${one}`)]
  const lines = (all: readonly string[]) => (all.length === 0 ? <span className="quiet">{t('finder.offices.noneOpen')}</span> : <ul className={css.lines}>{all.map((line) => <li key={line}>{line}</li>)}</ul>)
  const all: Column<DemandRow>[] = [
    { id: 'drug', header: t('finder.offices.drug'), heading: true, value: (row) => world.drugName(row.drug), cell: (row) => <div className={css.drug}><DrugLink code={row.drug} /><SeeAlso drug={row.drug} unit={row.unit} here={['demand', 'drug', 'region', 'life', 'gaps', 'progress', 'scorecard']} /></div> },
    { id: 'unit', header: t('finder.offices.where'), wide: true, value: (row) => world.unitName(row.unit), cell: (row) => <><RegionLink code={row.unit} /><div className="quiet">{t('finder.offices.latestOn', { day: format.shortDay(row.latest) })}</div></> },
    { id: 'open', header: t('finder.offices.open'), numeric: true, value: (row) => row.open },
    { id: 'met', header: t('finder.offices.met'), numeric: true, value: (row) => row.met },
    { id: 'wanted', header: t('finder.offices.wanted'), sortable: false, wide: true, value: (row) => format.apart([...tally(demandUrgencies, row.urgency, urgencyWord), ...tally(demandPatients, row.patients, patientWord)]), cell: (row) => <>{lines(tally(demandUrgencies, row.urgency, urgencyWord))}{row.open > 0 && <div className={css.second}>{lines(tally(demandPatients, row.patients, patientWord))}</div>}</> },
    { id: 'stocked', header: t('finder.offices.stocked'), sortable: false, wide: true, value: (row) => format.apart(evidences.map((evidence) => `${t(`words.evidence.${evidence}.short`)} ${stockedText(row.stocked, evidence)}`)), cell: (row) => <StockedIn row={row} region={row.unit} stocked={row.stocked} /> },
    { id: 'cities', header: t('finder.offices.cities'), sortable: false, wide: true, value: (row) => format.apart(row.cities.map(citiesText)), cell: (row) => <Cities row={row} /> },
    { id: 'named', header: t('finder.offices.named'), sortable: false, wide: true, value: (row) => format.apart((row.named ?? []).map(({ name }) => name)), cell: (row) => (row.named === null || row.named.length === 0 ? <span className="quiet">{t('finder.offices.nobodyNamed')}</span> : <NamedDemands drug={row.drug} named={row.named} isOwn={isOwn} />) },
  ]
  // Who looks at his own, or at the institutions of his city, finds on a phone first what he can do something with. A company is told of no institution.
  const inOrder = { own: ['drug', 'named', 'stocked'], city: ['drug', 'named', 'open', 'met', 'wanted', 'stocked'] }
  const columns = look === 'own' || look === 'city' ? inOrder[look].map((id) => all.find((one) => one.id === id)!) : all.filter(({ id }) => look !== 'company' || id !== 'named')
  const title = answer.data ? t('finder.offices.title', { count: rows.length, formatted: format.number(rows.length) }) : t('finder.offices.page')
  const basis = answer.data ? { list: answer.data.list, evidence: null, asOf: answer.data.today, today: answer.data.today, knownOn: null, since: null, demonstration: answer.data.demonstration } : null
  return (
    <Frame<DemandRow>
      id="demand" title={title} unit={t('finder.offices.unitOf')} basis={basis} query={answer} picture={false} empty={answer.data && rows.length === 0 ? t(answer.data.openDays === null ? 'finder.offices.noRules' : 'finder.offices.none') : undefined}
      twin={{ columns, rows, rowKey }} downloads={{ csv: downloadOf(world.list.code, 'demand', question, 'csv'), xlsx: downloadOf(world.list.code, 'demand', question, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={900} />
      {!isOwn && <p className="quiet">{t(`finder.offices.fewer.${look}`)}</p>}
    </Frame>
  )
}

/** How many institutions stock the drug there, by each kind of evidence, or that nothing certain is said of it; each number opens its rows, a zero those who say no. */
function StockedIn({ row, region, stocked }: { row: DemandRow; region: string; stocked: DemandRow['stocked'] }) {
  const { t } = useTranslation()
  return (
    <ul className={css.lines}>
      {evidences.map((evidence) => {
        const said = { evidence, ...stocked[evidence] }
        const value = said.institutions ?? 0
        return <li key={evidence}><EvidenceBadge evidence={evidence} compact /> <Said of={said}><NumberLink value={value} rows={{ evidence, drug: row.drug, region, state: value > 0 ? 'in_stock' : negativeStates.join(',') }} strip={asPresent} label={t(`words.evidence.${evidence}.short`)} /></Said></li>
      })}
    </ul>
  )
}

/** What is told of a city in words: how many demands of doctors, or in which class the institutions lie that ask. */
function useCitiesText() {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  return ({ cityName, demands, institutions }: DemandRow['cities'][number]) => {
    const city = text(cityName)
    if (institutions === null) return t('finder.offices.cityCount', { city, formatted: format.number(demands ?? 0) })
    const { from, to } = institutions
    return to === null ? t('finder.offices.cityAtLeast', { city, from: format.number(from) }) : t('finder.offices.cityBetween', { city, from: format.number(from), to: format.number(to) })
  }
}

function Cities({ row }: { row: DemandRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const citiesText = useCitiesText()
  const others = row.others ?? 0
  if (row.cities.length === 0 && others === 0) return <span className="quiet">{t(row.open === 0 ? 'finder.offices.noneOpen' : 'finder.offices.noCityTold')}</span>
  return (
    <ul className={css.cities}>
      {row.cities.map((one) => <li key={one.city}><RegionLink code={one.city} name={citiesText(one)} /><StockedIn row={row} region={one.city} stocked={one.stocked} /></li>)}
      {others > 0 && <li className="quiet">{t(row.cities.length === 0 ? 'finder.offices.othersOnly' : 'finder.offices.others', { formatted: format.number(others) })}</li>}
    </ul>
  )
}
