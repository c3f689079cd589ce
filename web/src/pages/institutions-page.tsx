import { kinds } from '@lastmile/shared/kind'
import { states } from '@lastmile/shared/state'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { InstitutionsFrame } from '../features/institutions/institutions-frame'
import { SearchBox } from '../features/institutions/search-box'
import { capital } from '../lib/format'
import { useText } from '../lib/i18n'
import { useWorld } from '../lib/world'
import { unknownQuestion } from '../ui/eligible-link'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Button, SelectField, Toolbar } from '../ui/field'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'
import type { InstitutionsSearch } from '../lib/searches'

const route = getRouteApi('/$list/institutions')

/** Institution search: by name or code, region, kind, and what is said of a drug there. */
export function InstitutionsPage() {
  const { t } = useTranslation()
  const text = useText()
  const { drugs, regions, places } = useWorld()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<InstitutionsSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const { offset = 0, region, bbox, placed, kind, drug, state, eligible } = search
  const units = regions.units.map((unit) => ({ value: unit.code, label: text(unit.name) }))
  // Regions that came from the map: several units, or cities, which the choice does not list.
  const others = region === undefined || units.some((unit) => unit.value === region) ? [] : [{ value: region, label: region.includes(',') ? t('institution.several', { count: region.split(',').length }) : region }]
  const filter = { search: search.search, region, bbox, placed, kind, drug, state, eligible: drug === undefined ? undefined : eligible }
  return (
    <Stack>
      <PageHead title={t('institution.page')} lead={<p>{t('institution.lead')}</p>} />
      <SearchBox value={search.search} label={t('institution.searchLabel')} onSearch={(text) => change({ search: text })} />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={[...others, ...units]} onChange={(next) => change({ region: next })} />
        <SelectField label={t('rows.kind')} value={kind} all={t('parts.all')} options={kinds.map((one) => ({ value: one, label: t(`words.kind.${one}`) }))} onChange={(next) => change({ kind: kinds.find((one) => one === next) })} />
        <SelectField label={t('rows.drug')} value={drug} all={t('institution.anyDrug')} options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(next) => change({ drug: next, ...(next === undefined ? { eligible: undefined } : {}) })} />
        <SelectField label={t('rows.state')} value={state} all={t('parts.all')} options={[...states.map((one) => ({ value: one as string, label: t(`words.state.${one}`) })), { value: unknownQuestion, label: t('parts.unknownStates') }]} onChange={(next) => change({ state: next })} />
        <SelectField
          label={t('parts.eligible')} value={eligible} all={t('parts.all')} disabled={drug === undefined} hint={drug === undefined ? t('institution.eligibleNeedsDrug') : undefined}
          options={[{ value: 'true', label: t('parts.yes') }, { value: 'false', label: t('parts.no') }]} onChange={(next) => change({ eligible: next === 'true' || next === 'false' ? next : undefined })}
        />
        {bbox !== undefined && <Taken what={t('institution.inBox')} onTake={() => change({ bbox: undefined })} />}
        {placed !== undefined && <Taken what={t(placed === 'true' ? 'institution.withPosition' : 'institution.withoutPosition')} onTake={() => change({ placed: undefined })} />}
      </Toolbar>
      <EvidenceSwitch />
      <TimeBar />
      <InstitutionsFrame filter={filter} sort={search.sort} onSort={(sort) => change({ sort })} offset={offset} onOffset={(next) => void navigate({ search: (previous) => ({ ...previous, offset: next || undefined }) })} />
    </Stack>
  )
}

/** A limit that came from another page, with the way to take it away. */
function Taken({ what, onTake }: { what: string; onTake: () => void }) {
  const { t } = useTranslation()
  return <Button onClick={onTake}><span aria-hidden="true">{what} ×</span><span className="sr-only">{t('institution.take', { what })}</span></Button>
}
