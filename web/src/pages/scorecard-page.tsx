import { shareOf, type ScoreMeasure } from '@lastmile/shared/scorecard'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { FunnelFrame } from '../features/scorecard/funnel-frame'
import css from '../features/scorecard/scorecard.module.css'
import { CasesPart, DutiesAndReporting, LadderPart, ScoresTable } from '../features/scorecard/scorecard-parts'
import { StandardsPart } from '../features/scorecard/standards-part'
import { useCan } from '../lib/actor'
import { useEvidenceWords } from '../lib/evidence-words'
import { useFormat } from '../lib/format'
import { useText } from '../lib/i18n'
import { scorecardDownload } from '../lib/queries/download'
import { scorecardQuery } from '../lib/queries/scorecard'
import type { ScorecardSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { Button } from '../ui/field'
import { NotYours } from '../ui/not-yours'
import { PresentNote } from '../ui/now-note'
import { PageHead, Stack } from '../ui/page-head'
import { Panel } from '../ui/panel'
import { SeeAlso } from '../ui/see-also'
import { TimeBar } from '../ui/time-bar'

/** The scorecard of one province: what the notice asks of it, and what became of that. */
export function ScorecardPage() {
  const { t } = useTranslation()
  const { unit = '' } = useParams({ strict: false })
  const { list, regions, unitName } = useWorld()
  const isUnit = regions.units.some(({ code }) => code === unit)
  const may = useCan('scorecard.read')
  return (
    <Stack>
      <PageHead trail={may === 'all' ? <Link to="/$list/scorecard" params={{ list: list.code }}>{t('scorecard.page')}</Link> : undefined} title={isUnit ? t('scorecard.title', { name: unitName(unit) }) : t('scorecard.page')} lead={<p>{t('scorecard.lead')}</p>}>
        {may !== null && <SeeAlso unit={isUnit ? unit : undefined} here={['scorecard']} />}
      </PageHead>
      {may === null ? <NotYours /> : <Scorecard unit={unit} />}
    </Stack>
  )
}

function Scorecard({ unit }: { unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName } = useWorld()
  const { evidence, params: { asOf } } = useAsking()
  const { measure: wanted = 'standards', stand }: ScorecardSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const text = useText()
  const words = useEvidenceWords()
  const question = { evidence, ...(asOf === undefined ? {} : { asOf }) }
  const query = useQuery(scorecardQuery(list.code, unit, question))
  const hash = useLocation({ select: (location) => location.hash })
  const isThere = query.data !== undefined
  // What an address leads to is not there before the answer is; who followed it goes on from its heading.
  useEffect(() => {
    const led = isThere && hash !== '' ? document.getElementById(hash) : null
    led?.scrollIntoView()
    led?.querySelector<HTMLElement>('h2[tabindex]')?.focus({ preventScroll: true })
  }, [isThere, hash])
  return (
    <>
      <div className={css.unprinted}>
        <PresentNote follows="asOf" />
        <TimeBar dayOnly />
        <EvidenceSwitch />
        <p className={css.tools}>
          <Button primary disabled={query.data === undefined} onClick={() => window.print()}>{t('scorecard.print')}</Button>
          {(['csv', 'xlsx'] as const).map((one) => <a key={one} href={scorecardDownload(list.code, unit, question, one)} download>{t(`frame.${one}`)}</a>)}
        </p>
      </div>
      <Answered query={query} height={800}>
        {(answer) => {
          const measures = answer.scores.map((one) => one.measure)
          const measure = measures.includes(wanted) ? wanted : 'standards'
          const compared = answer.scores.find((one) => one.measure === measure)
          const own = compared?.own ?? null
          const whom = t('scorecard.peers')
          return (
            <article className={css.sheet} aria-label={t('scorecard.title', { name: unitName(unit) })}>
              <Panel title={t('scorecard.compared')} lead={answer.peers === null ? t('scorecard.noPeers') : t('scorecard.peersAre', { names: format.join(answer.peers.map(({ code }) => unitName(code))) })}>
                <ScoresTable scores={answer.scores} unit={unit} duties={answer.duties} />
                <p className={css.note}>{t('scorecard.noRank')} {t('scorecard.nothingOwedMeans')} {[text(list.name), words(evidence).name, t('frame.asOf', { day: format.day(answer.basis.asOf) }), t('scorecard.made', { at: format.zoned(answer.made, list.timeZone) }), ...(answer.basis.demonstration ? [t('demonstration.title')] : [])].join(' · ')}</p>
              </Panel>
              <FunnelFrame
                measure={measure} measures={measures} onMeasure={(next: ScoreMeasure) => void navigate({ to: '.', search: (previous) => ({ ...previous, measure: next === 'standards' ? undefined : next }), replace: true, resetScroll: false })}
                rows={[...(own === null || shareOf(own) === null ? [] : [{ unit, ...own, place: compared?.place ?? null, isOwn: true }]), ...(compared?.points ?? []).map((point) => ({ ...point, isOwn: false }))].sort((a, b) => (a.unit < b.unit ? -1 : 1))}
                mean={compared?.mean ?? null} funnel={compared?.funnel ?? null} members={compared?.members ?? 0} whom={whom} basis={answer.basis} query={query}
              />
              <DutiesAndReporting duties={answer.duties} reporting={answer.reporting} unit={unit} />
              <StandardsPart standards={answer.standards} unit={unit} stand={stand} />
              <CasesPart cases={answer.cases} unit={unit} />
              <LadderPart ladder={answer.ladder} unit={unit} />
            </article>
          )
        }}
      </Answered>
    </>
  )
}
