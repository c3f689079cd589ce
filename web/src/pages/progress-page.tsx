import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BoardFrame } from '../features/progress/board-frame'
import { CurvesFrame } from '../features/progress/curves-frame'
import { DropOffFrame } from '../features/progress/drop-off-frame'
import { MovesFrame } from '../features/progress/moves-frame'
import { NextStepsFrame } from '../features/progress/next-steps-frame'
import { OwnCorrespondence, OwnReporting } from '../features/progress/own-reporting'
import { useActor, useCan } from '../lib/actor'
import { useNamedOptions } from '../lib/named-options'
import type { ProgressSearch } from '../lib/searches'
import { useWorld } from '../lib/world'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Empty } from '../ui/empty'
import { SelectField, Toolbar } from '../ui/field'
import { CompanyLink } from '../ui/names'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/progress')

/** How a company's drugs stand: what to do next, what moved since it was looked at, how far each has come in each unit, how fast, where pairs drop off, and its own reports. */
export function ProgressPage() {
  const { t } = useTranslation()
  const may = useCan('progress.read') !== null
  const { company: own } = useActor()
  const { company: asked } = route.useSearch()
  const { company: find } = useWorld()
  const code = own ?? asked
  const known = code === undefined ? undefined : find(code)
  return (
    <Stack>
      <PageHead title={t('progress.page')} trail={known && <CompanyLink code={known.code} />} lead={may ? <p>{t(own === null ? 'progress.leadAll' : 'progress.lead')}</p> : undefined} />
      {!may ? <NotYours /> : <>{own === null && <ChooseCompany company={code} />}{known ? <Progress key={known.code} company={known.code} drugs={known.drugs} /> : <Empty>{t(code === undefined ? 'progress.choose' : 'progress.noCompany')}</Empty>}</>}
    </Stack>
  )
}

function ChooseCompany({ company }: { company: string | undefined }) {
  const { t } = useTranslation()
  const named = useNamedOptions()
  const { companies } = useWorld()
  const navigate = route.useNavigate()
  return <Toolbar label={t('rows.filters')}><SelectField label={t('parts.company')} value={company} all={t('progress.choose')} options={named(companies)} onChange={(next) => void navigate({ search: { company: next }, replace: true })} /></Toolbar>
}

function Progress({ company, drugs }: { company: string; drugs: readonly string[] }) {
  // Who looks as another is shown no letters and no requests.
  const [letters, requests] = [useCan('case.read'), useCan('company_request.read')]
  const corresponds = letters !== null && requests !== null
  const { of = 'units', set = 'declared', drug: asked, moved, steps, offset = 0, moves = 0 } = route.useSearch()
  // An address can name a drug that is none of the company's: then it is asked of all of them.
  const drug = asked !== undefined && drugs.includes(asked) ? asked : undefined
  const navigate = route.useNavigate()
  const change = (next: Partial<ProgressSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  return (
    <>
      <PresentNote />
      <EvidenceSwitch />
      <NextStepsFrame company={company} all={steps === 'all'} onAll={() => change({ steps: 'all' })} />
      <MovesFrame company={company} set={moved} offset={moves} onOffset={(next) => change({ moves: next || undefined })} />
      <BoardFrame company={company} drugs={drugs} />
      <CurvesFrame company={company} of={of} onOf={(next) => change({ of: next === 'units' ? undefined : next })} />
      <DropOffFrame company={company} set={set} drug={drug} offset={offset} onOffset={(next) => change({ offset: next || undefined })} />
      <OwnReporting company={company} />
      {corresponds && <OwnCorrespondence company={company} />}
    </>
  )
}
