import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulletinTools } from '../features/bulletins/bulletin-forms'
import { BulletinSheet } from '../features/bulletins/bulletin-sheet'
import { useBulletinProblem } from '../features/bulletins/bulletin-words'
import css from '../features/bulletins/bulletins.module.css'
import { KeepForm, type Issuing } from '../features/bulletins/keep-form'
import { useActor, useCan } from '../lib/actor'
import { capital } from '../lib/format'
import { useLanguage, useText } from '../lib/i18n'
import { draftDownload, draftQuery } from '../lib/queries/bulletins'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { SelectField, Toolbar } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/bulletins/draft')

/** A bulletin as it would be: of which day, evidence and scope is chosen, and the sheet looks as it will print. */
export function BulletinDraftPage() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const may = useCan('bulletin.keep') !== null
  return (
    <Stack>
      <div className={css.noPrint}><PageHead trail={<Link to="/$list/bulletins" params={{ list: list.code }}>{t('bulletins.page')}</Link>} title={t('bulletins.draft')} lead={<p>{t('bulletins.draftLead')}</p>} /></div>
      {may ? <Draft /> : <NotYours />}
    </Stack>
  )
}

function Draft() {
  const { t } = useTranslation()
  const text = useText()
  const language = useLanguage()
  const navigate = useNavigate()
  const problem = useBulletinProblem()
  const { list, regions, places } = useWorld()
  const { evidence, asOf, knownOn } = useAsking()
  const { unit } = useActor()
  const { region: chosen } = route.useSearch()
  const [issuing, setIssuing] = useState<Issuing>({ issuerZh: '', issuerEn: '', redHeader: false, supersedes: undefined })
  // A province keeps its own, and no other.
  const region = unit ?? chosen
  const { issuerZh, issuerEn, redHeader } = useDeferredValue(issuing)
  const asked = { evidence, asOf, knownOn, region, issuerZh: issuerZh.trim() || undefined, issuerEn: issuerEn.trim() || undefined, redHeader: redHeader ? 'true' as const : undefined }
  const answer = useQuery({ ...draftQuery(list.code, { ...asked, language }), placeholderData: keepPreviousData })
  return (
    <>
      <div className={css.noPrint}>
        <Stack>
          <TimeBar />
          <EvidenceSwitch />
          {unit === null && <Toolbar label={t('rows.filters')}><SelectField label={capital(places.unit)} value={chosen} all={t('bulletins.whole')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(next) => void navigate({ to: '.', search: (previous) => ({ ...previous, region: next }), replace: true, resetScroll: false })} /></Toolbar>}
        </Stack>
      </div>
      <Answered query={{ ...answer, error: problem(answer.error) }} height={640}>
        {({ basis, document, pictures }) => (
          <Stack>
            <KeepForm basis={basis} issuing={issuing} onIssuing={setIssuing} onKept={({ code }) => void navigate({ to: '/$list/bulletins/$number', params: { list: list.code, number: code } })} />
            <BulletinTools address={(form) => draftDownload(list.code, asked, form)} />
            <BulletinSheet document={document} pictures={pictures} basis={basis} />
          </Stack>
        )}
      </Answered>
    </>
  )
}
