import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { kindsOf } from '../../lib/kinds-told'
import { useWorld } from '../../lib/world'
import css from './headline.module.css'

/** The headline as a sentence that can be read out, under one kind of evidence. */
export function HeadlineSentence({ headline, late }: { headline: HeadlineAnswer; late: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { regions, places: { units: unitWord } } = useWorld()
  const evidence = headline.basis.evidence ?? 'declared'
  const kinds = kindsOf(headline)
  const breakdown = kinds.length === 0 ? '' : t('overview.breakdownIn', { parts: format.join(kinds.map(([kind, count]) => t(`overview.breakdown.${kind}`, { n: format.number(count) }))) })
  const breadth = Object.entries(headline.drugsInMoreThan).map(([threshold, count]) => t('overview.breadthPart', { threshold, n: format.number(count) }))
  return (
    <div className={css.sentence} data-late={late} aria-live="polite">
      <p className={css.lead}>
        <Trans
          i18nKey={evidence === 'confirmed' && regions.regionSet !== 'cn' ? 'overview.sentence.confirmedByInstitution' : `overview.sentence.${evidence}`} components={{ b: <strong />, alarm: <strong className={css.alarm} /> }}
          values={{
            day: format.day(headline.basis.asOf), since: format.day(headline.basis.since ?? headline.basis.asOf), listed: format.number(headline.drugsListed), stocked: format.number(headline.drugsStocked),
            unstocked: format.number(headline.drugsUnstocked), institutions: format.number(headline.institutions), units: format.number(headline.provinces), allUnits: format.number(regions.units.length), unitWord, breakdown,
          }}
        />
      </p>
      <p className={css.more}>
        {t('overview.breadthLead', { unitWord, parts: format.join(breadth) })}
        {headline.unknown.institutions > 0 && ` ${t('overview.unknownSentence', { n: format.number(headline.unknown.institutions) })}`}
      </p>
    </div>
  )
}
