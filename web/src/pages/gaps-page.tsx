import type { Gap } from '@lastmile/shared/gap'
import { gapActors, gapClasses } from '@lastmile/shared/gap-act'
import type { InspectionSubject } from '@lastmile/shared/inspection'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useOpening } from '../features/cases/use-opening'
import { GapsFrame } from '../features/gaps/gaps-frame'
import { GapHistoryFrame } from '../features/gaps/history-frame'
import { ReasonCounts } from '../features/gaps/reason-counts'
import { capital } from '../lib/format'
import { useText } from '../lib/i18n'
import { useWorld } from '../lib/world'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { SelectField, Toolbar } from '../ui/field'
import { InspectionLink } from '../ui/inspection-link'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'
import type { GapsSearch } from '../lib/searches'

const route = getRouteApi('/$list/gaps')

/** Where the standard for a drug is not met, and honestly why: unstocked drugs first, by drug, company, unit and reason. */
export function GapsPage() {
  const { t } = useTranslation()
  const text = useText()
  const { drugs, companies, regions, places } = useWorld()
  const opening = useOpening()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<GapsSearch>) => void navigate({ search: (previous) => ({ ...previous, offset: undefined, ...next }), replace: true, resetScroll: false })
  const filter = { drug: search.drug, company: search.company, region: search.region, reason: search.reason, class: search.class, actor: search.actor }
  const [openDrug, openRegion] = (search.gap ?? '').split('.')
  const onHistory = useCallback((gap: Gap) => void navigate({ search: (previous) => ({ ...previous, gap: `${gap.drug}.${gap.region}` }), replace: true, resetScroll: false }), [navigate])
  const named = (things: readonly { code: string; name: { zh: string; en: string } }[]) => things.map((thing) => ({ value: thing.code, label: text(thing.name) }))
  return (
    <Stack>
      <PageHead title={t('gaps.page')} tags={<InspectionLink {...subjectOf(filter)} />} lead={<p>{t('gaps.lead')}</p>} />
      <EvidenceSwitch />
      <TimeBar />
      <Toolbar label={t('rows.filters')}>
        <SelectField label={t('rows.drug')} value={filter.drug} all={t('parts.all')} options={named(drugs)} onChange={(drug) => change({ drug })} />
        <SelectField label={t('parts.company')} value={filter.company} all={t('parts.all')} options={named(companies)} onChange={(company) => change({ company })} />
        <SelectField label={capital(places.unit)} value={filter.region} all={t('parts.all')} options={named(regions.units)} onChange={(region) => change({ region })} />
        <SelectField label={t('gaps.class')} value={filter.class} all={t('parts.all')} options={gapClasses.map((one) => ({ value: one, label: t(`gaps.classes.${one}`) }))} onChange={(next) => change({ class: gapClasses.find((one) => one === next) })} />
        <SelectField label={t('gaps.acts')} value={filter.actor} all={t('parts.all')} options={gapActors.map((one) => ({ value: one, label: t(`gaps.actors.${one}`) }))} onChange={(next) => change({ actor: gapActors.find((one) => one === next) })} />
      </Toolbar>
      <ReasonCounts filter={filter} onReason={(reason) => change({ reason })} />
      {openDrug && openRegion && <GapHistoryFrame drug={openDrug} region={openRegion} onClose={() => change({ gap: undefined, offset: search.offset })} />}
      <GapsFrame choosing={opening} filter={filter} onHistory={onHistory} sort={search.sort} onSort={(sort) => change({ sort })} offset={search.offset ?? 0} onOffset={(offset) => change({ offset: offset || undefined })} maxHeight={900} />
    </Stack>
  )
}

/** Of whom a sheet says what is asked for: the drug, company or unit chosen first of these, or every unit. */
function subjectOf({ drug, company, region }: GapsSearch): { of: InspectionSubject; code: string | undefined } {
  return drug !== undefined ? { of: 'drug', code: drug } : company !== undefined ? { of: 'company', code: company } : { of: 'province', code: region }
}
