import type { LadderFact } from '@lastmile/shared/ladder-fact'
import { enteredRungs, factStandings } from '@lastmile/shared/rung'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useNamedOptions } from '../../lib/named-options'
import { downloadOf } from '../../lib/queries/download'
import { ladderFactsQuery } from '../../lib/queries/ladder'
import type { LadderFactsSearch } from '../../lib/searches'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { SelectField, Toolbar } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { useLadderWords } from './ladder-words'

const limit = 50

/** Facts that are one's own to see, as a list: what waits, what was confirmed, what was refused. */
export function FactsFrame({ search, onChange }: { search: LadderFactsSearch; onChange: (next: Partial<LadderFactsSearch>) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const words = useLadderWords()
  const named = useNamedOptions()
  const { list, drugs, regions, places, drugName, unitName } = useWorld()
  const { knownOn } = useAsking()
  const { company, unit: ownUnit } = useActor()
  const { rung, drug, unit, standing, offset = 0 } = search
  const asked = { rung, drug, unit, standing, knownOn }
  const answer = useQuery({ ...ladderFactsQuery(list.code, { ...asked, offset, limit }), placeholderData: keepPreviousData })
  const page = answer.data?.page
  const columns: Column<LadderFact>[] = [
    { id: 'rung', header: t('ladder.rung'), heading: true, value: (one) => t(`ladder.words.rungs.${one.rung}`), cell: (one) => <Link id={`fact-${one.code}`} to="/$list/ladder/facts" params={{ list: list.code }} search={{ ...search, fact: one.code }} resetScroll={false}>{t(`ladder.words.rungs.${one.rung}`)}</Link> },
    { id: 'drug', header: t('ladder.drug'), value: (one) => (one.drug === null ? t('ladder.allDrugs') : drugName(one.drug)) },
    { id: 'unit', header: capital(places.unit), value: (one) => (one.unit === null ? t('ladder.everywhere') : unitName(one.unit)), cell: (one) => <>{one.unit === null ? t('ladder.everywhere') : unitName(one.unit)}{one.cityName !== null && <div className="quiet">{text(one.cityName)}</div>}</> },
    { id: 'says', header: t('ladder.says'), value: (one) => t(`ladder.words.says.${one.says}`) },
    { id: 'since', header: t('ladder.from'), value: (one) => one.validFrom, cell: (one) => words.since({ since: one.validFrom, exact: one.exact, until: one.validTo }) },
    { id: 'by', header: t('ladder.enteredByHead'), value: (one) => words.office(one.enteredBy) },
    { id: 'standing', header: t('ladder.standing'), value: (one) => words.standing(one), cell: (one) => <>{words.standing(one)}{one.reason !== null && <div className="quiet">{one.reason}</div>}</> },
    { id: 'known', header: t('ladder.knownFrom', { zone: format.zone(list.timeZone) }), value: (one) => one.knownFrom, cell: (one) => format.instant(one.knownFrom, list.timeZone) },
    { id: 'open', header: t('ladder.one'), sortable: false, value: () => null, cell: (one) => (one.drug !== null && one.unit !== null ? <Link to="/$list/ladder/$drug/$unit" params={{ list: list.code, drug: one.drug, unit: one.unit }}>{t('ladder.open')}</Link> : <Link to="/$list/ladder" params={{ list: list.code }} search={one.unit !== null ? { unit: one.unit } : one.drug !== null ? { drug: one.drug } : {}}>{t('ladder.open')}</Link>) },
  ]
  const rows = answer.data?.facts ?? []
  return (
    <Frame<LadderFact>
      id="ladder-facts" title={t('ladder.facts')} unit={t('ladder.factsUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false} height={320} empty={answer.data && page!.total === 0 ? t('ladder.factsNone') : undefined}
      twin={{ columns, rows, rowKey: (one) => one.code }} downloads={{ csv: downloadOf(list.code, 'ladder-facts', asked, 'csv'), xlsx: downloadOf(list.code, 'ladder-facts', asked, 'xlsx') }}
      asks={(
        <Toolbar label={t('ladder.facts')}>
          <SelectField label={t('ladder.standing')} value={standing} all={t('parts.all')} options={factStandings.map((one) => ({ value: one, label: t(`ladder.words.factStandings.${one}`) }))} onChange={(next) => onChange({ standing: factStandings.find((one) => one === next), offset: undefined })} />
          <SelectField label={t('ladder.rung')} value={rung} all={t('parts.all')} options={enteredRungs.map((one) => ({ value: one, label: t(`ladder.words.rungs.${one}`) }))} onChange={(next) => onChange({ rung: enteredRungs.find((one) => one === next), offset: undefined })} />
          <SelectField label={t('ladder.drug')} value={drug} all={t('parts.all')} options={named(drugs.filter((one) => company === null || one.company === company))} onChange={(next) => onChange({ drug: next, offset: undefined })} />
          {ownUnit === null && <SelectField label={t('plans.unitField', { unit: places.unit })} value={unit} all={t('parts.all')} options={named(regions.units)} onChange={(next) => onChange({ unit: next, offset: undefined })} />}
        </Toolbar>
      )}
    >
      <DataTable columns={columns} rows={rows} rowKey={(one) => one.code} caption={t('ladder.facts')} />
      {page && page.total > limit && <Pagination page={page} onPage={(next) => onChange({ offset: next || undefined })} />}
    </Frame>
  )
}
