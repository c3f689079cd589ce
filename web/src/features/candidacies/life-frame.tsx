import type { CandidacyRow, LifeAnswer } from '@lastmile/shared/candidacy'
import { isWindowStage, type StageFact } from '@lastmile/shared/drug-stage'
import { windowsHeld } from '@lastmile/shared/drug-standing'
import { useTranslation } from 'react-i18next'
import { LifeChart, type LifeMark } from '../../charts/life-chart'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { lifeDownload } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { stageSigns, toneOf, useStageWords } from './candidacy-words'
import css from './candidacies.module.css'

interface Row { candidacy: CandidacyRow; fact: StageFact }

/** A drug's life across editions, as a picture, with its stages as a table. */
export function LifeFrame({ code, answer, query }: { code: string; answer: LifeAnswer | undefined; query: FrameQuery }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const words = useStageWords()
  const asked = { asOf: asOf === list.today ? undefined : asOf, knownOn }
  const nameOf = (edition: string) => { const one = answer?.editions.find((some) => some.code === edition); return one ? text(one.name) : edition }
  const rows = (answer?.candidacies ?? []).flatMap((candidacy) => candidacy.facts.map((fact): Row => ({ candidacy, fact })))
  const columns: Column<Row>[] = [
    { id: 'edition', header: t('candidacies.edition'), value: ({ candidacy }) => nameOf(candidacy.edition) },
    { id: 'stage', header: t('candidacies.stage'), heading: true, value: ({ fact }) => words.stage(fact.stage) },
    { id: 'on', header: t('candidacies.on'), value: ({ fact }) => fact.on, cell: ({ fact }) => words.day(fact.on) },
    { id: 'until', header: t('candidacies.lastDay'), value: ({ fact }) => fact.until, cell: ({ fact }) => (fact.until === null ? <span className="quiet">{isWindowStage(fact.stage) ? t('candidacies.notKnown') : ''}</span> : format.day(fact.until)) },
    { id: 'document', header: t('candidacies.document'), value: ({ fact: { evidence } }) => (evidence.document === null ? t('candidacies.documentNotTold') : text(evidence.document)) },
    { id: 'by', header: t('candidacies.saidBy'), value: ({ fact }) => t(`candidacies.by.${fact.by}`) },
  ]
  const lanes = (answer?.candidacies ?? []).map((candidacy) => {
    const dated = candidacy.facts.filter(({ on }) => on !== null)
    const undated = candidacy.facts.filter(({ on }) => on === null)
    return {
      key: candidacy.code, name: t('parts.labelled', { label: nameOf(candidacy.edition), value: words.standing(candidacy.standing) }),
      marks: dated.map(({ no, stage, on }): LifeMark => ({ key: `${candidacy.code} ${no}`, sign: stageSigns[stage], words: words.stage(stage), day: on!, tone: toneOf(stage) })),
      windows: windowsHeld(candidacy.facts).map(({ stage, from, to }) => ({ from, to, temporary: stage === 'temporary_inclusion', words: `${words.stage(stage)} ${format.day(from)} – ${words.day(to)}` })),
      undated: undated.length === 0 ? null : t('candidacies.undated', { stages: undated.map(({ stage }) => `${stageSigns[stage]} ${words.stage(stage)}`).join(t('candidacies.comma')) }),
    }
  })
  const used = [...new Set(rows.map(({ fact }) => fact.stage))].sort((a, b) => stageSigns[a].localeCompare(stageSigns[b]))
  return (
    <Frame<Row> id="life" title={t('candidacies.timeline')} unit={t('candidacies.timelineUnit')} basis={answer?.basis ?? null} query={query} height={220} empty={answer && rows.length === 0 ? t('candidacies.noStage') : undefined}
      twin={{ columns, rows, rowKey: ({ candidacy, fact }) => `${candidacy.code} ${fact.no}` }} downloads={{ csv: lifeDownload(list.code, code, asked, 'csv'), xlsx: lifeDownload(list.code, code, asked, 'xlsx') }}>
      <ul className={css.signs}>{used.map((stage) => <li key={stage}><span data-tone={toneOf(stage)}>{stageSigns[stage]}</span> {words.stage(stage)}</li>)}</ul>
      <LifeChart lanes={lanes} asOf={asOf} asOfWords={t('frame.asOf', { day: format.day(asOf) })} label={t('candidacies.timeline')} />
    </Frame>
  )
}
