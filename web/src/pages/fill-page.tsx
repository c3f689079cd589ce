import { kinds } from '@lastmile/shared/kind'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FillForm } from '../features/entries/fill-form'
import { useActor, useCan } from '../lib/actor'
import { capital } from '../lib/format'
import { useText } from '../lib/i18n'
import { entryFormQuery, entrySourcesQuery } from '../lib/queries/entries'
import { regionQuery } from '../lib/queries/lists'
import type { FillSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Empty } from '../ui/empty'
import { Field, SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/fill')

/** Lines of a form at most; a longer one is filled in as a file, or in parts. */
const linesAtMost = 2_000

/** The short form of a source and month: the table of the template on screen. */
export function FillPage() {
  const { t } = useTranslation()
  const sends = useCan('report.send') !== null
  return (
    <Stack>
      <PageHead title={t('entries.fill.page')} lead={<p>{t('entries.fill.lead')}</p>} />
      {sends ? <Fill /> : <NotYours />}
    </Stack>
  )
}

function Fill() {
  const { t } = useTranslation()
  const text = useText()
  const { list, drugs, places } = useWorld()
  const { city } = useActor()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<FillSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const sources = useQuery(entrySourcesQuery(list.code))
  const all = sources.data?.sources ?? []
  const source = all.find(({ code }) => code === search.source) ?? (all.length === 1 ? all[0] : undefined)
  const part = { region: search.region, drug: search.drug, kind: search.kind }
  const form = useQuery({ ...entryFormQuery(list.code, { source: source?.code ?? '', ...part, limit: linesAtMost }), enabled: source !== undefined })
  const cities = useQuery({ ...regionQuery(list.code, source?.unit ?? ''), enabled: source?.unit != null && source.institution === null && city === null })
  const period = search.period ?? list.today.slice(0, 7)
  return (
    <>
      <Answered query={sources} height={120}>
        {() => (all.length === 0 ? <Empty>{t('entries.fill.noSource')}</Empty> : (
          <Toolbar label={t('rows.filters')}>
            <SelectField label={t('rows.source')} value={source?.code} all={source ? undefined : t('entries.chooseSource')} options={all.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(code) => change({ source: code, region: undefined, drug: undefined })} />
            <Field label={t('entries.fill.month')}>{(id) => <input id={id} type="month" required pattern="\d{4}-\d{2}" min={list.inForce.slice(0, 7)} max={list.today.slice(0, 7)} value={period} onChange={(event) => change({ period: /^\d{4}-\d{2}$/.test(event.target.value) ? event.target.value : undefined })} />}</Field>
            {(cities.data?.cities.length ?? 0) > 1 && <SelectField label={capital(places.city)} value={search.region} all={t('parts.all')} options={cities.data!.cities.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(region) => change({ region })} />}
            <SelectField label={t('rows.drug')} value={search.drug} all={t('parts.all')} options={drugs.filter(({ code }) => !source?.scope.drugs || source.scope.drugs.includes(code)).map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(drug) => change({ drug })} />
            <SelectField label={t('rows.kind')} value={search.kind} all={t('parts.all')} options={kinds.map((one) => ({ value: one, label: t(`words.kind.${one}`) }))} onChange={(next) => change({ kind: kinds.find((one) => one === next) })} />
          </Toolbar>
        ))}
      </Answered>
      {source && <Answered query={form} height={320}>{(shown) => <FillForm key={`${source.code} ${period} ${Object.values(part).join()}`} form={shown} period={period} part={part} />}</Answered>}
    </>
  )
}
