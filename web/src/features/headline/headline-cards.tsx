import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { Evidence } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { headlineQuery } from '../../lib/queries/coverage'
import { useUnitWord } from '../../lib/unit-word'
import { useAsking, useWorld } from '../../lib/world'
import { Empty, Loading } from '../../ui/empty'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { NumberLink } from '../../ui/number-link'
import { Problem } from '../../ui/problem'
import css from './headline.module.css'

/** The three kinds of evidence side by side, never mixed, each with its own as-of; the chosen one drives the page. */
export function EvidenceCards() {
  const { t } = useTranslation()
  return (
    <section className={css.cards} aria-label={t('overview.cards.title')}>
      <p className={css.cardsNote}><strong>{t('overview.cards.title')}</strong> {t('overview.cards.note')}</p>
      <div className={css.cardGrid}>
        <Card evidence="declared" />
        <Card evidence="confirmed" />
        <Card evidence="supplied" />
      </div>
    </section>
  )
}

function Card({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const asking = useAsking()
  const spoken = list.evidences.includes(evidence)
  const { asOf, knownOn } = asking.params
  const params = { evidence, asOf, knownOn, since: evidence === 'supplied' ? asking.since : undefined }
  const query = useQuery({ ...headlineQuery(list.code, params), enabled: spoken, placeholderData: keepPreviousData })
  const used = asking.evidence === evidence
  return (
    <article className={css.card} data-evidence={evidence} data-used={used} data-late={query.isPlaceholderData} aria-label={t(`words.evidence.${evidence}.name`)}>
      <header>
        <EvidenceBadge evidence={evidence} />
        {spoken && (used ? <span className={css.used}>{t('overview.cards.used')}</span>
          : <Link to="." search={(previous) => ({ ...previous, evidence })} replace resetScroll={false} className={css.use}>{t('overview.cards.use')}</Link>)}
      </header>
      {!spoken ? <Empty>{t('overview.cards.none')}</Empty>
        : query.error ? <Problem error={query.error} onRetry={() => void query.refetch()} />
        : query.data ? <Figures evidence={evidence} headline={query.data} /> : <Loading height={210} />}
    </article>
  )
}

function Figures({ evidence, headline }: { evidence: Evidence; headline: HeadlineAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { regions, unitName } = useWorld()
  const unitWord = useUnitWord()
  const { basis } = headline
  const silent = headline.unknown.unitsSilent
  const kinds = ([['hospital', headline.hospitals], ['pharmacy', headline.pharmacies], ['other', headline.others]] as const).filter(([kind, count]) => count > 0 || (kind !== 'other' && headline.others === 0))
  const thresholds = Object.keys(headline.drugsInMoreThan)
  return (
    <>
      <p className={css.asOf}>
        {t('frame.asOf', { day: format.day(basis.asOf) })}
        {evidence === 'supplied' && basis.since !== null && ` · ${t('frame.since', { day: format.day(basis.since) })}`}
      </p>
      <p className={css.big}>
        <NumberLink value={headline.institutions} rows={{ evidence, state: 'in_stock' }} label={`${t(`words.evidence.${evidence}.short`)}, ${t('overview.cards.institutions')}`} />
        <span>{t('overview.cards.institutions')}</span>
      </p>
      <p className={css.kinds}>
        {kinds.map(([kind, count]) => (
          <span key={kind}>{t(`words.kinds.${kind}`)} <NumberLink value={count} rows={{ evidence, state: 'in_stock', kind }} label={`${t(`words.evidence.${evidence}.short`)}, ${t(`words.kinds.${kind}`)}`} /></span>
        ))}
      </p>
      <dl className={css.figures}>
        <div><dt>{t(`overview.cards.drugsStocked.${evidence}`)}</dt><dd>{t('overview.cards.of', { n: format.number(headline.drugsStocked), all: format.number(headline.drugsListed) })}</dd></div>
        <div data-alarm={headline.drugsUnstocked > 0}><dt>{t(`overview.cards.drugsUnstocked.${evidence}`)}</dt><dd>{format.number(headline.drugsUnstocked)}</dd></div>
        <div><dt>{t('overview.cards.units', { unitWord })}</dt><dd>{t('overview.cards.of', { n: format.number(headline.provinces), all: format.number(regions.units.length) })}</dd></div>
        <div><dt>{t('overview.cards.moreThan', { list: thresholds.join(' / ') })}</dt><dd>{thresholds.map((one) => format.number(headline.drugsInMoreThan[one] ?? 0)).join(' / ')}</dd></div>
        <div><dt>{t('overview.cards.cities')}</dt><dd>{format.number(headline.cities)}</dd></div>
        <div><dt>{t('overview.cards.unknown')}</dt><dd>{format.number(headline.unknown.institutions)}</dd></div>
      </dl>
      {silent.length > 0 && <p className={css.silent}>{t('overview.cards.silent', { unitWord })}: {silent.length > 6 ? format.number(silent.length) : format.join(silent.map(unitName))}</p>}
    </>
  )
}
