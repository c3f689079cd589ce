import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { Link } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { kindsOf } from '../../lib/kinds-told'
import { useWorld } from '../../lib/world'
import css from './headline.module.css'
import { useSilence } from './silence'

const marks = { b: <strong />, alarm: <strong className={css.alarm} /> }

/** The headline as a sentence that can be read out, under one kind of evidence; where nothing can be counted, why. */
export function HeadlineSentence({ headline, late }: { headline: HeadlineAnswer; late: boolean }) {
  const { list } = useWorld()
  const { t } = useTranslation()
  const silence = useSilence(headline)
  return (
    <div className={css.sentence} data-late={late} aria-live="polite">
      {silence === null ? <Figures headline={headline} /> : (
        <>
          <p className={css.lead}>{silence.words}</p>
          {silence.early && <p className={css.more}><Link to="." search={(previous) => ({ ...previous, asOf: list.inForce })} resetScroll={false}>{t('overview.toFirstDay')}</Link></p>}
        </>
      )}
    </div>
  )
}

function Figures({ headline }: { headline: HeadlineAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { regions, places: { units: unitWord } } = useWorld()
  const { basis, drugsStocked, drugsUnknown, drugsNotReported } = headline
  const evidence = basis.evidence ?? 'declared'
  const kinds = kindsOf(headline)
  const breakdown = kinds.length === 0 ? '' : t('overview.breakdownIn', { parts: format.join(kinds.map(([kind, count]) => t(`overview.breakdown.${kind}`, { n: format.number(count) }))) })
  const breadth = Object.entries(headline.drugsInMoreThan).map(([threshold, count]) => t('overview.breadthPart', { threshold, n: format.number(count) }))
  const without = [[`nowhere.${evidence}`, headline.drugsUnstocked - drugsUnknown - drugsNotReported], ['unknown', drugsUnknown], ['notReported', drugsNotReported]] as const
  return (
    <>
      <p className={css.lead}>
        <Trans
          i18nKey={evidence === 'confirmed' && regions.regionSet !== 'cn' ? 'overview.sentence.confirmedByInstitution' : `overview.sentence.${evidence}`} components={marks} count={drugsStocked}
          values={{
            day: format.day(basis.asOf), since: format.day(basis.since ?? basis.asOf), listed: format.number(headline.drugsListed), stocked: format.number(drugsStocked),
            institutions: t('overview.institutions', { count: headline.institutions, formatted: format.number(headline.institutions) }), units: format.number(headline.provinces), allUnits: format.number(regions.units.length), unitWord, breakdown,
          }}
        />
        {without.filter(([, count]) => count > 0).map(([what, count]) => <span key={what}> <Trans i18nKey={`overview.without.${what}`} components={marks} count={count} values={{ n: format.number(count) }} /></span>)}
      </p>
      <p className={css.more}>
        {t('overview.breadthLead', { unitWord, parts: format.join(breadth) })}
        {headline.unknown.institutions > 0 && ` ${t('overview.unknownSentence', { count: headline.unknown.institutions, n: format.number(headline.unknown.institutions) })}`}
      </p>
    </>
  )
}
