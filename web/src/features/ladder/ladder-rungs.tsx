import type { LadderAnswer } from '@lastmile/shared/ladder-answer'
import type { LadderRung } from '@lastmile/shared/ladder'
import type { Rung } from '@lastmile/shared/rung'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../../lib/evidence-words'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { NumberLink } from '../../ui/number-link'
import { FactItem } from './fact-item'
import { FactVerbs } from './fact-verbs'
import { useLadderWords } from './ladder-words'
import css from './ladder.module.css'
import { RungMark } from './rung-mark'

/** Some rungs of a ladder, each with its state, what it rests on, and what can be done about it. */
export function LadderRungs({ ladder, of, label }: { ladder: LadderAnswer; of: readonly Rung[]; label: string }) {
  return <ol className={css.rungs} aria-label={label}>{of.map((rung) => <OneRung key={rung} ladder={ladder} rung={ladder.rungs.find((one) => one.rung === rung)!} />)}</ol>
}

function OneRung({ ladder, rung }: { ladder: LadderAnswer; rung: LadderRung }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useLadderWords()
  const facts = ladder.facts.filter((fact) => fact.rung === rung.rung)
  // What the rung stands by comes first; what asks for it, and what says nothing any more, last.
  const order = (code: string, says: string, standing: string) => (code === rung.fact ? 0 : standing === 'refused' ? 3 : says === 'required' ? 2 : 1)
  const sorted = [...facts].sort((a, b) => order(a.code, a.says, a.standing) - order(b.code, b.says, b.standing))
  return (
    <li className={css.rung} id={rung.rung}>
      <header>
        <h3>{t(`ladder.words.rungs.${rung.rung}`)}</h3>
        <RungMark rung={rung} />
        <span className={css.said}>{[words.word(rung), words.since(rung) || null, rung.rung !== 'stocked' && rung.rung !== 'supplied' && rung.institutions !== null ? t('ladder.institutions', { count: rung.institutions, formatted: format.number(rung.institutions) }) : null].filter((part) => part !== null).map((part) => <span key={part}>{part}</span>)}</span>
      </header>
      <p className="quiet">{t(`ladder.words.asks.${rung.rung}`)}</p>
      {rung.required && <p>{t(rung.state === 'not_known' ? 'ladder.requiredUnknown' : 'ladder.required')}</p>}
      {rung.rung === 'stocked' && <Stock ladder={ladder} of={['declared', 'confirmed']} />}
      {rung.rung === 'supplied' && <Stock ladder={ladder} of={['supplied']} />}
      {rung.rung === 'guide_listed' && <Plans ladder={ladder} />}
      {sorted.length > 0 && <ul className={css.facts}>{sorted.map((fact) => <li key={fact.code}><FactItem fact={fact} counts={fact.code === rung.fact}><FactVerbs fact={fact} /></FactItem></li>)}</ul>}
      {sorted.length === 0 && rung.rung !== 'stocked' && rung.rung !== 'supplied' && (rung.rung !== 'guide_listed' || rung.state === 'not_known') && <p className="quiet">{t('ladder.nobodySays')}</p>}
    </li>
  )
}

/** What reports say, a line for each kind of evidence: kinds never mix. Each number opens its rows. */
function Stock({ ladder, of }: { ladder: LadderAnswer; of: readonly ('declared' | 'confirmed' | 'supplied')[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const evidenceWords = useEvidenceWords()
  return (
    <ul className={css.figures}>
      {ladder.stock.filter(({ evidence }) => (of as readonly string[]).includes(evidence)).map((one) => {
        const name = evidenceWords(one.evidence).name
        const rows = (more: object) => ({ evidence: one.evidence, drug: ladder.drug, region: ladder.unit, asOf: ladder.basis.asOf, ...(ladder.basis.knownOn === null ? {} : { knownOn: ladder.basis.knownOn }), ...more })
        const number = (key: 'hospitals' | 'pharmacies' | 'institutions', kind: object) => <NumberLink value={one[key]} rows={rows({ state: 'in_stock', ...kind })} label={`${name} ${t(`ladder.${key === 'institutions' ? 'institutionsName' : key}`)}`} />
        const silent = one.unknown > 0 && <>{t('ladder.silent')} <NumberLink value={one.unknown} rows={rows({ state: 'not_known,stale,not_reported' })} label={`${name} ${t('ladder.silent')}`} /></>
        const first = one.since !== null && t('ladder.firstOn', { day: format.day(one.since) })
        // Where nobody says anything a zero would say more than is known.
        if (one.institutions + one.onOrder + one.no === 0) {
          const isNone = one.evidence === 'supplied' && ladder.rungs.some(({ rung, institutions }) => rung === 'supplied' && institutions === 0)
          return <li key={one.evidence}><strong>{name}</strong> {silent || t(isNone ? 'drug.noSupplySeen' : 'table.missing')}{first && <> · {first}</>}</li>
        }
        return (
          <li key={one.evidence}>
            <strong>{name}</strong>{' '}
            {t('ladder.institutionsName')} {number('institutions', {})} · {t('ladder.hospitals')} {number('hospitals', { kind: 'hospital' })} · {t('ladder.pharmacies')} {number('pharmacies', { kind: 'pharmacy' })}
            {first && <> · {first}</>}
            {one.evidence !== 'supplied' && <> · {t('ladder.bothKinds', { said: one.hospitals === 0 || one.pharmacies === 0 ? t('ladder.bothNot') : one.bothSince === null ? t('ladder.both') : t('ladder.bothSince', { day: format.day(one.bothSince) }) })}</>}
            {one.onOrder > 0 && <> · {t('ladder.onOrder')} <NumberLink value={one.onOrder} rows={rows({ state: 'on_order' })} label={`${name} ${t('ladder.onOrder')}`} /></>}
            {one.no > 0 && <> · {t('ladder.saysNo')} <NumberLink value={one.no} rows={rows({ state: 'out_of_stock,not_carried,discontinued' })} label={`${name} ${t('ladder.saysNo')}`} /></>}
            {silent && <> · {silent}</>}
          </li>
        )
      })}
    </ul>
  )
}

/** The plans that are sold there, and what they pay; those that do not name it are counted. */
function Plans({ ladder: { plans, drug, unit } }: { ladder: LadderAnswer }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const naming = plans.filter(({ names }) => names)
  const others = plans.length - naming.length
  if (plans.length === 0) return <p className="quiet">{t('ladder.noPlan')}</p>
  return (
    <>
      {naming.length > 0 && <ul className={css.figures}>{naming.map((plan) => <li key={plan.code}>{text(plan.name)} · {t('parts.labelled', { label: t('drug.planPays'), value: plan.pays === null ? t('drug.planPaysUnknown') : text(plan.pays) })}</li>)}</ul>}
      {others > 0 && <p className="quiet">{t('ladder.plansWithout', { count: others, formatted: format.number(others) })}</p>}
      <p><Link to="/$list/plans" params={{ list: list.code }} search={naming.length > 0 ? { drug, region: unit } : { region: unit }}>{t('ladder.plansThere')}</Link></p>
    </>
  )
}
