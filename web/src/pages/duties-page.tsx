import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DutyForm } from '../features/duties/duty-form'
import { DutyHead, StateCounts } from '../features/duties/duty-head'
import { DutyRowsFrame } from '../features/duties/duty-rows-frame'
import { DutyByDrug, DutyByUnit } from '../features/duties/duty-tables'
import { useActor, useCan } from '../lib/actor'
import { useText } from '../lib/i18n'
import { dutiesQuery, dutyQuery } from '../lib/queries/duties'
import type { DutiesSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Empty } from '../ui/empty'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/duties')

/** Dated duties of institutions: who has convened the committee, what it decided of each drug, and answering for one's own. */
export function DutiesPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { knownOn } = useAsking()
  const may = useCan('duty.read') !== null
  const answer = useQuery({ ...dutiesQuery(list.code, { knownOn }), enabled: may })
  return (
    <Stack>
      <PageHead title={t('duties.page')} lead={<p>{t('duties.lead')}</p>} />
      {may && <PresentNote follows="knownOn" />}
      {may ? <Answered query={answer} height={300}>{({ duties }) => (duties.length === 0 ? <Empty>{t('duties.none')}</Empty> : <Duties all={duties} />)}</Answered> : <NotYours />}
    </Stack>
  )
}

function Duties({ all }: { all: { duty: { code: string; name: { zh: string; en: string } } }[] }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const { knownOn } = useAsking()
  const { institution: own } = useActor()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<DutiesSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  const code = all.find(({ duty }) => duty.code === search.duty)?.duty.code ?? all[0]!.duty.code
  const answer = useQuery({ ...dutyQuery(list.code, code, { knownOn }), placeholderData: keepPreviousData })
  return (
    <>
      {all.length > 1 && <Toolbar label={t('duties.which')}><SelectField label={t('duties.which')} value={code} options={all.map(({ duty }) => ({ value: duty.code, label: text(duty.name) }))} onChange={(duty) => change({ duty, institution: undefined, offset: undefined })} /></Toolbar>}
      <Answered query={answer} height={400}>
        {(shown) => (
          <>
            <DutyHead duty={shown.duty} />
            {own !== null ? <DutyForm key={`${shown.duty.code} ${own}`} duty={shown.duty} institution={own} own /> : (
              <>
                <StateCounts counts={shown.total} state={search.state} onState={(state) => change({ state, offset: undefined })} />
                {search.institution !== undefined && <DutyForm key={`${shown.duty.code} ${search.institution}`} duty={shown.duty} institution={search.institution} own={false} onClose={() => change({ institution: undefined })} />}
                <DutyByUnit answer={shown} query={answer} knownOn={knownOn} />
                <DutyByDrug answer={shown} query={answer} knownOn={knownOn} />
                <DutyRowsFrame duty={shown.duty} search={search} knownOn={knownOn} onChange={change} />
              </>
            )}
          </>
        )}
      </Answered>
    </>
  )
}
