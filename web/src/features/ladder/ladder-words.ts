import type { LadderContradiction, LadderReach, LadderRung } from '@lastmile/shared/ladder'
import type { FactOffice, LadderFact } from '@lastmile/shared/ladder-fact'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useEvidenceWords } from '../../lib/evidence-words'
import { useWorld } from '../../lib/world'

/** What ladders say, in words. */
export function useLadderWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const evidence = useEvidenceWords()
  const { companyName, unitName } = useWorld()
  /** On whose word a rung stands; of what is computed from reports, by which kind of evidence. */
  const word = ({ standing, evidence: kind, state }: LadderRung) => (state === 'not_known' || standing === null ? null : kind !== null ? evidence(kind).name : t(`ladder.words.standings.${standing}`))
  const since = ({ since: day, exact, until }: Pick<LadderRung, 'since' | 'exact' | 'until'>) => [
    day === null ? null : t(exact ? 'ladder.since' : 'ladder.sinceOrBefore', { day: format.day(day) }), until === null ? null : t('ladder.until', { day: format.day(until) }),
  ].filter((part) => part !== null).join(' · ')
  return {
    word, since,
    /** All of a rung in a line: for who does not see its mark, and for its tip. */
    line: (one: LadderRung) => [t(`ladder.words.states.${one.state}`), word(one), since(one) || null, one.state === 'not_known' && one.required ? t('ladder.requiredShort') : null].filter((part) => part !== null).join(' · '),
    /** How far up a patient gets: what is known, and which step is the first that is missing or not known. */
    reach: ({ upTo, confirmedUpTo, firstMissing, firstUnknown }: LadderReach): string[] => [
      upTo === null ? t('ladder.upToNone') : t('ladder.upTo', { rung: t(`ladder.words.shorts.${upTo}`) }),
      ...(upTo !== null && confirmedUpTo !== upTo ? [confirmedUpTo === null ? t('ladder.confirmedNone') : t('ladder.confirmedUpTo', { rung: t(`ladder.words.shorts.${confirmedUpTo}`) })] : []),
      ...(firstMissing === null ? [] : [t('ladder.firstMissing', { rung: t(`ladder.words.shorts.${firstMissing}`) })]),
      ...(firstUnknown === null ? [] : [t('ladder.firstUnknown', { rung: t(`ladder.words.shorts.${firstUnknown}`) })]),
    ],
    contradiction: ({ kind, days }: LadderContradiction) => t(`ladder.words.contradictions.${kind}`, { a: days[0] ? format.day(days[0]) : '—', b: days[1] ? format.day(days[1]) : '—' }),
    office: (office: FactOffice | null): string => (office === null ? t('ladder.words.origins.published') : office.company !== null ? companyName(office.company) : office.unit !== null ? t('ladder.provinceOf', { name: unitName(office.unit) }) : t('ladder.regulator')),
    standing: ({ origin, standing }: LadderFact) => (origin === 'published' ? t('ladder.words.standings.published') : t(`ladder.words.factStandings.${standing}`)),
  }
}
