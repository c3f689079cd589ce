import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { headlineQuery } from '../../lib/queries/coverage'
import { useAsking, useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Empty } from '../../ui/empty'
import { BigFigure, CardBasis, EvidenceCards, SmallFigures, useKindFigures } from '../../ui/evidence-cards'
import { NumberLink } from '../../ui/number-link'
import css from './headline.module.css'
import { useSilence } from './silence'

/** The headline under the three kinds of evidence, each with its own as-of; the chosen one drives the page. */
export function HeadlineCards() {
  const { t } = useTranslation()
  return <EvidenceCards choose label={t('overview.cards.title')} note={<><strong>{t('overview.cards.title')}</strong> {t('overview.cards.note')}</>} card={(evidence) => <Card evidence={evidence} />} />
}

function Card({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const asking = useAsking()
  const spoken = list.evidences.includes(evidence)
  const { asOf, knownOn } = asking.params
  const params = { evidence, asOf, knownOn, since: evidence === 'supplied' ? asking.since : undefined }
  const query = useQuery({ ...headlineQuery(list.code, params), enabled: spoken, placeholderData: keepPreviousData })
  if (!spoken) return <Empty>{t('overview.cards.none')}</Empty>
  return <Answered query={query} height={210}>{(headline) => <Figures evidence={evidence} headline={headline} late={query.isPlaceholderData} />}</Answered>
}

function Figures({ evidence, headline, late }: { evidence: Evidence; headline: HeadlineAnswer; late: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { regions, unitName, places } = useWorld()
  const kindFigures = useKindFigures()
  const silence = useSilence(headline)
  const silent = headline.unknown.unitsSilent
  const rows = { evidence, state: 'in_stock' }
  const kinds = kindFigures(headline, rows)
  const thresholds = Object.keys(headline.drugsInMoreThan)
  const nowhere = headline.drugsUnstocked - headline.drugsUnknown - headline.drugsNotReported
  if (silence) return <Empty>{silence.words}</Empty>
  return (
    <div className={css.figures} data-late={late}>
      <CardBasis basis={headline.basis} />
      <BigFigure label={t('overview.cards.institutions')}>
        <NumberLink value={headline.institutions} rows={rows} label={`${t(`words.evidence.${evidence}.short`)}, ${t('overview.cards.institutions')}`} />
      </BigFigure>
      {kinds.length > 0 && <SmallFigures figures={kinds} />}
      <dl>
        <div><dt>{t(`overview.cards.drugsStocked.${evidence}`)}</dt><dd>{t('overview.cards.of', { n: format.number(headline.drugsStocked), all: format.number(headline.drugsListed) })}</dd></div>
        <div data-alarm={nowhere > 0}><dt>{t(`overview.cards.drugsUnstocked.${evidence}`)}</dt><dd>{format.number(nowhere)}</dd></div>
        {headline.drugsUnknown > 0 && <div><dt>{t('overview.cards.drugsUnknown')}</dt><dd>{format.number(headline.drugsUnknown)}</dd></div>}
        {headline.drugsNotReported > 0 && <div><dt>{t('overview.cards.drugsNotReported')}</dt><dd>{format.number(headline.drugsNotReported)}</dd></div>}
        <div><dt>{t('overview.cards.units', { unitWord: places.units })}</dt><dd>{t('overview.cards.of', { n: format.number(headline.provinces), all: format.number(regions.units.length) })}</dd></div>
        <div><dt>{t('overview.cards.moreThan', { list: thresholds.join(' / ') })}</dt><dd>{thresholds.map((one) => format.number(headline.drugsInMoreThan[one] ?? 0)).join(' / ')}</dd></div>
        <div><dt>{t('overview.cards.cities', { cities: places.cities })}</dt><dd>{format.number(headline.cities)}</dd></div>
        <div><dt>{t('overview.cards.unknown')}</dt><dd>{format.number(headline.unknown.institutions)}</dd></div>
      </dl>
      {silent.length > 0 && <p className={css.silent}>{t('overview.cards.silent', { unitWord: places.units, units: silent.length > 6 ? format.number(silent.length) : format.join(silent.map(unitName)) })}</p>}
    </div>
  )
}
