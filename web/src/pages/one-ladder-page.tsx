import { climbRungs, measureRungs } from '@lastmile/shared/rung'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EnterFact } from '../features/ladder/enter-fact'
import { LadderRungs } from '../features/ladder/ladder-rungs'
import { useLadderWords } from '../features/ladder/ladder-words'
import css from '../features/ladder/ladder.module.css'
import { useFormat } from '../lib/format'
import { ladderDownload } from '../lib/queries/download'
import { ladderQuery } from '../lib/queries/ladder'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { DrugLink, RegionLink } from '../ui/names'
import { PageHead, Stack } from '../ui/page-head'
import { Panel } from '../ui/panel'
import { SeeAlso } from '../ui/see-also'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/ladder/$drug/$unit')

/** The ladder of one drug in one unit: every rung with its source, its days, who entered and who confirmed it, and what speaks against each other. */
export function OneLadderPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useLadderWords()
  const { drug, unit } = route.useParams()
  const { list, regions, drugName, unitName } = useWorld()
  const isUnit = regions.units.some(({ code }) => code === unit)
  const { asOf, knownOn } = useAsking()
  const asked = { asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery({ ...ladderQuery(list.code, drug, unit, asked), placeholderData: keepPreviousData })
  return (
    <Stack>
      <PageHead
        trail={<><Link to="/$list/ladder" params={{ list: list.code }} search={{ drug }}>{t('ladder.page')}</Link> · <DrugLink code={drug} />{isUnit && <> · <RegionLink code={unit} /></>}</>} title={isUnit ? t('ladder.oneTitle', { drug: drugName(drug), unit: unitName(unit) }) : t('ladder.page')}
        lead={<p>{t('ladder.oneLead')}</p>}
        tags={<><a href={ladderDownload(list.code, drug, unit, asked, 'csv')}>CSV</a><a href={ladderDownload(list.code, drug, unit, asked, 'xlsx')}>XLSX</a></>}
      >
        <SeeAlso drug={drug} unit={isUnit ? unit : undefined} here={['ladder', 'drug', 'region']} />
      </PageHead>
      <TimeBar />
      <Answered query={answer} height={600}>
        {(ladder) => (
          <>
            <Panel title={t('ladder.howFar')} lead={t('ladder.asOf', { day: format.day(ladder.basis.asOf) })}>
              <ul className={css.reach}>{words.reach(ladder.reach).map((line) => <li key={line}>{line}</li>)}</ul>
              {ladder.contradictions.length > 0 && (
                <section aria-label={t('ladder.contradictions')}>
                  <h3>{t('ladder.contradictions')}</h3>
                  <ul className={css.warn}>{ladder.contradictions.map((one) => <li key={`${one.kind} ${one.rungs.join()}`}>{one.kind === 'facts_disagree' ? t('parts.labelled', { label: words.contradiction(one), value: format.join(one.rungs.map((rung) => t(`ladder.words.rungs.${rung}`))) }) : words.contradiction(one)}</li>)}</ul>
                  <p className="quiet">{t('ladder.contradictionsMean')}</p>
                </section>
              )}
            </Panel>
            <EnterFact isOne drug={drug} unit={unit} />
            <Panel title={t('ladder.climb')} lead={t('ladder.climbLead')}><LadderRungs ladder={ladder} of={climbRungs} label={t('ladder.climb')} /></Panel>
            <Panel title={t('ladder.measures')} lead={t('ladder.measuresLead')}><LadderRungs ladder={ladder} of={measureRungs} label={t('ladder.measures')} /></Panel>
          </>
        )}
      </Answered>
    </Stack>
  )
}
