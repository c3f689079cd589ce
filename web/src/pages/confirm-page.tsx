import { unconfirmedStandings, type UnconfirmedRow } from '@lastmile/shared/entry'
import { kinds } from '@lastmile/shared/kind'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmPairs } from '../features/entries/confirm-pairs'
import { UnconfirmedFrame } from '../features/entries/unconfirmed-frame'
import { useActor, useCan, useConfirms } from '../lib/actor'
import { capital } from '../lib/format'
import { useText } from '../lib/i18n'
import { entrySourcesQuery, unconfirmedQuery } from '../lib/queries/entries'
import { regionQuery } from '../lib/queries/lists'
import type { ConfirmSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { Empty } from '../ui/empty'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/confirm')
const limit = 50

/** The worklist of who confirms: declared pairs that wait for a word, and the form to say it of one or many. */
export function ConfirmPage() {
  const { t } = useTranslation()
  const sees = useCan('statement.detail')
  return (
    <Stack>
      <PageHead title={t('entries.confirm.page')} lead={<p>{t('entries.confirm.lead')}</p>} />
      {sees === null ? <NotYours /> : <Worklist ofAll={sees === 'all'} />}
    </Stack>
  )
}

function Worklist({ ofAll }: { ofAll: boolean }) {
  const { t } = useTranslation()
  const { list, places } = useWorld()
  const { institution } = useActor()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const confirms = useConfirms()
  const [selected, setSelected] = useState<ReadonlyMap<string, UnconfirmedRow>>(new Map())
  const { city, region, ...rest } = search
  const asked = { ...rest, region: city ?? region, minDays: search.minDays === undefined ? undefined : Number(search.minDays), offset: undefined }
  // Of a whole nation there are too many: the server wants to be told of which part.
  const enough = !ofAll || [asked.region, search.drug, search.institution].some((one) => one !== undefined)
  const answer = useQuery({ ...unconfirmedQuery(list.code, { ...asked, offset: search.offset ?? 0, limit }), placeholderData: keepPreviousData, enabled: enough })
  const sources = useQuery({ ...entrySourcesQuery(list.code), enabled: confirms })
  const change = (next: Partial<ConfirmSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const filters = <Filters search={search} onSearch={change} ofAll={ofAll} ofInstitution={institution !== null} />
  if (!enough) return <><Toolbar label={t('rows.filters')}>{filters}</Toolbar><Empty>{t('entries.confirm.chooseRegion', { unit: places.unit })}</Empty></>
  const confirming = (sources.data?.sources ?? []).filter(({ evidence }) => evidence === 'confirmed')
  return (
    <>
      <UnconfirmedFrame answer={answer.data} query={answer} asked={asked} selected={selected} onSelect={setSelected} onSearch={change} asks={<Toolbar label={t('rows.filters')}>{filters}</Toolbar>} />
      {confirms && confirming.length > 0 && <ConfirmPairs selected={[...selected.values()]} shown={answer.data?.rows ?? []} sources={confirming} today={list.today} onDone={() => setSelected(new Map())} />}
    </>
  )
}

function Filters({ search, onSearch, ofAll, ofInstitution }: { search: ConfirmSearch; onSearch: (next: Partial<ConfirmSearch>) => void; ofAll: boolean; ofInstitution: boolean }) {
  const { t } = useTranslation()
  const text = useText()
  const { list, drugs, regions, places } = useWorld()
  const { unit: ownUnit, city: ownCity } = useActor()
  const unit = ownUnit ?? search.region
  const cities = useQuery({ ...regionQuery(list.code, unit ?? ''), enabled: unit !== undefined && ownCity === null && !ofInstitution })
  return (
    <>
      {ofAll && <SelectField label={capital(places.unit)} value={search.region} all={t('parts.all')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(region) => onSearch({ region, city: undefined })} />}
      {unit !== undefined && (cities.data?.cities.length ?? 0) > 0 && <SelectField label={capital(places.city)} value={search.city} all={t('parts.all')} options={cities.data!.cities.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(city) => onSearch({ city })} />}
      <SelectField label={t('rows.drug')} value={search.drug} all={t('parts.all')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(drug) => onSearch({ drug })} />
      {!ofInstitution && <SelectField label={t('rows.kind')} value={search.kind} all={t('parts.all')} options={kinds.map((one) => ({ value: one, label: t(`words.kind.${one}`) }))} onChange={(next) => onSearch({ kind: kinds.find((one) => one === next) })} />}
      <SelectField label={t('entries.confirm.standing')} value={search.standing ?? 'declared_only'} options={unconfirmedStandings.map((one) => ({ value: one, label: t(`entries.confirm.standings.${one}`) }))} onChange={(next) => onSearch({ standing: unconfirmedStandings.find((one) => one === next && one !== 'declared_only') })} />
      <SelectField label={t('entries.confirm.age')} value={search.minDays} all={t('entries.confirm.ages.0')} options={(['7', '30', '60'] as const).map((one) => ({ value: one, label: t(`entries.confirm.ages.${one}`) }))} onChange={(next) => onSearch({ minDays: (['7', '30', '60'] as const).find((one) => one === next) })} />
      {search.institution !== undefined && <SelectField label={t('entries.confirm.institution')} value={search.institution} all={t('parts.all')} options={[{ value: search.institution, label: search.institution }]} onChange={(institution) => onSearch({ institution })} />}
    </>
  )
}
