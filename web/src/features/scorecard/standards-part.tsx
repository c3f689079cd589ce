/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- stacked as cards, a table keeps its meaning in every browser only if it is said in words. */
import { kinds as every, type Kind } from '@lastmile/shared/kind'
import { institutionsKnown, standardStands, standardsCounted, type ScorecardAnswer, type StandardScore, type StandardStand } from '@lastmile/shared/scorecard'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { countedOf } from '../../lib/need'
import { asKnownNow } from '../../lib/search'
import type { ScorecardSearch } from '../../lib/searches'
import { useAsking, useWorld } from '../../lib/world'
import { Figure } from '../../ui/figure'
import { GapReasonMark } from '../../ui/gap-reason-mark'
import { InstitutionName } from '../../ui/institution-name'
import { DrugLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Panel } from '../../ui/panel'
import stacking from '../../ui/stacked.module.css'
import css from './scorecard.module.css'

const marks: Record<StandardStand, string> = { met: '✓', not_met: '✕', not_known: '?', none: '–' }
const sets = [...standardStands, 'judged'] as const

/** Each drug against the standard of the unit: all, or those alone that a number counts. */
export function StandardsPart({ standards, unit, stand }: Pick<ScorecardAnswer, 'standards' | 'unit'> & Pick<ScorecardSearch, 'stand'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const isIn = (one: StandardScore, set: NonNullable<ScorecardSearch['stand']>) => (set === 'judged' ? (standardsCounted.of as readonly string[]).includes(one.stand) : one.stand === set)
  const shown = stand === undefined ? standards : standards.filter((one) => isIn(one, stand))
  return (
    <Panel id="standards" title={t('scorecard.standards')} lead={t('scorecard.standardsLead')}>
      <ul className={css.counts}>
        {sets.map((one) => <li key={one}>{t(`scorecard.stands.${one}`)} <Figure value={standards.filter((each) => isIn(each, one)).length} label={t(`scorecard.stands.${one}`)} way={(about) => <Link to="." search={(previous) => ({ ...previous, stand: one })} hash="standards" replace aria-current={stand === one} {...about} />} /></li>)}
        {stand !== undefined && <li><Link to="." search={(previous) => ({ ...previous, stand: undefined })} hash="standards" replace>{t('scorecard.allStands', { formatted: format.number(standards.length) })}</Link></li>}
      </ul>
      <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.standards')}>
        <table role="table" className={`${css.table} ${stacking.stacked}`}>
          <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{t('rows.drug')}</th><th role="columnheader" scope="col">{t('scorecard.stand')}</th><th role="columnheader" scope="col" className={css.number}>{t('scorecard.there')}</th><th role="columnheader" scope="col">{t('scorecard.counted')}</th><th role="columnheader" scope="col">{t('scorecard.why')}</th></tr></thead>
          <tbody role="rowgroup">{shown.map((one) => <StandardRow key={one.drug} standard={one} unit={unit} />)}</tbody>
        </table>
      </div>
    </Panel>
  )
}

function StandardRow({ standard, unit }: { standard: StandardScore; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { drug, stand, minInstitutions, servedBy, reason } = standard
  return (
    <tr role="row">
      <th role="rowheader" scope="row"><DrugLink code={drug} /></th>
      <td role="cell" data-label={t('scorecard.stand')}>
        <span aria-hidden="true">{marks[stand]}</span> {reason === null
          ? stand === 'none' ? t('scorecard.stands.none') : <Link to="/$list/standards" params={{ list: list.code }} search={{ ...asKnownNow, drug }}>{t(`scorecard.stands.${stand}`)}</Link>
          : <Link to="/$list/gaps" params={{ list: list.code }} search={{ ...asKnownNow, drug, region: unit }}>{t(`scorecard.stands.${stand}`)}</Link>}
      </td>
      <td role="cell" className={css.number} data-label={t('scorecard.there')}>{minInstitutions !== null && <span className={css.whole}><There standard={standard} unit={unit} /> / {format.number(minInstitutions)}</span>}</td>
      <td role="cell" data-label={t('scorecard.counted')} data-wide><Those standard={standard} unit={unit} /></td>
      <td role="cell" data-label={t('scorecard.why')} data-wide>{reason === 'too_few' && stand === 'not_known' ? t('scorecard.mayBeMore') : reason !== null ? <GapReasonMark reason={reason} size={12} /> : servedBy !== null ? <>{t('scorecard.servedBy')} <InstitutionName institution={{ code: servedBy.institution, name: servedBy.name }} /></> : null}</td>
    </tr>
  )
}

/** How many have the drug, as the way to exactly those that the standard counts; of several kinds each is a way of its own beside it ({@link Those}). */
function There({ standard, unit }: { standard: StandardScore; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drug, byKind, eligibleOnly } = standard
  const institutions = institutionsKnown(standard)
  // Where reports are missing, that none is told of is no zero.
  if (institutions === null) return <span className="quiet">{t('scorecard.noneTold')}</span>
  if (byKind.length === every.length) return <Counted of={{ drug, unit, kind: undefined, eligibleOnly }} value={institutions} />
  if (byKind.length === 1) return <Counted of={{ drug, unit, kind: byKind[0]!.kind, eligibleOnly }} value={institutions} />
  return <strong>{format.number(institutions)}</strong>
}

/** Of whom the standard counts: of several kinds, how many of each; else in words, where it is not all. */
function Those({ standard, unit }: { standard: StandardScore; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drug, byKind, eligibleOnly, stand } = standard
  const counted = stand === 'none' ? null : countedOf(t, format, standard)
  if (stand === 'none' || byKind.length === 1 || byKind.length === every.length || institutionsKnown(standard) === null) return counted === null ? null : <span className="quiet">{counted}</span>
  return <>{byKind.map(({ kind, institutions: n }) => <span key={kind} className={css.part}>{t(`words.kind.${kind}`)} {n === 0 && stand === 'not_known' ? '–' : <Counted of={{ drug, unit, kind, eligibleOnly }} value={n} />}</span>)}{eligibleOnly && <span className="quiet">{counted}</span>}</>
}

function Counted({ of: { drug, unit, kind, eligibleOnly }, value }: { of: { drug: string; unit: string; kind: Kind | undefined; eligibleOnly: boolean }; value: number }) {
  const { t } = useTranslation()
  const { list, drugName } = useWorld()
  const { evidence } = useAsking()
  const rows = { drug, region: unit, evidence, state: 'in_stock', ...(kind === undefined ? {} : { kind }) }
  const label = [drugName(drug), t('scorecard.there'), ...(kind === undefined ? [] : [t(`words.kind.${kind}`)])].join(' · ')
  if (!eligibleOnly && value > 0) return <NumberLink value={value} rows={rows} label={label} strip={asKnownNow} />
  return <Figure value={value} label={label} way={(about) => <Link to="/$list/institutions" params={{ list: list.code }} search={{ ...asKnownNow, ...rows, eligible: 'true' as const }} {...about} />} />
}
