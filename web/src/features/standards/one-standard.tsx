import { rulesOn, type StandardAnswer } from '@lastmile/shared/standard'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { standardQuery } from '../../lib/queries/standards'
import { useAsking, useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Button } from '../../ui/field'
import { Done } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Buttons, Panel } from '../../ui/panel'
import { Rules, useDecider } from './rule-words'
import { StandardEditor } from './standard-editor'
import css from './standards.module.css'

/** The standard of one drug: what holds, who decided it and why, what it was before; and for who decides, the form. */
export function OneStandard({ drug, edit, onEdit, onClose }: { drug: string; edit: boolean; onEdit: (edit: boolean) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const { list, drugName } = useWorld()
  const { knownOn } = useAsking()
  const may = useCan('standard.keep') !== null && knownOn === undefined
  const [done, setDone] = useState<'saved' | 'same' | 'released' | null>(null)
  const answer = useQuery(standardQuery(list.code, drug, { knownOn }))
  const head = useRef<HTMLHeadingElement>(null)
  const version = answer.data?.standard
  return (
    <Panel
      title={drugName(drug)} place={head} lead={version && <Decided version={version} />}
      tools={<Buttons>{may && !edit && <Button primary onClick={() => { setDone(null); onEdit(true) }}>{t(version ? 'standards.edit' : 'standards.add')}</Button>}<Button onClick={onClose}>{t('standards.close')}</Button></Buttons>}
    >
      {done !== null && !edit && <Done>{t(`standards.${done}`)}</Done>}
      <Answered query={answer} height={200}>
        {(now) => (edit && may
          ? <StandardEditor answer={now} onDone={(what) => { setDone(what); onEdit(false) }} onCancel={() => { onEdit(false); head.current?.focus() }} />
          : <Told answer={now} />)}
      </Answered>
    </Panel>
  )
}

/** Who decided a version, when and why. */
function Decided({ version }: { version: NonNullable<StandardAnswer['standard']> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const decider = useDecider()
  return (
    <>
      <Tag tone={version.origin === 'officer' ? 'good' : 'plain'}>{t(`standards.origin.${version.origin}`)}</Tag> {t('standards.version', { version: format.number(version.version) })} · {decider(version)} · {format.zoned(version.knownFrom, list.timeZone)}
      {version.why !== null && <><br />{t('standards.whyLine', { why: version.why })}</>}
    </>
  )
}

function Told({ answer: { standard, former, filed } }: { answer: StandardAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, regions } = useWorld()
  const { asOf } = useAsking()
  const decider = useDecider()
  const rules = standard?.rules ?? []
  const holding = rulesOn(rules, regions.units.map(({ code }) => code), asOf)
  const parts = [['later', rules.filter((one) => one.from > asOf)], ['earlier', rules.filter((one) => one.from <= asOf && !holding.includes(one))]] as const
  return (
    <>
      {rules.length === 0 ? <p>{t('standards.none')}</p> : holding.length === 0 ? <p>{t('standards.noneOnDay')}</p> : <Rules rules={holding} />}
      {parts.filter(([, own]) => own.length > 0).map(([name, own]) => <section key={name} className={css.part}><h3>{t(`standards.${name}`)}</h3><Rules rules={own} /></section>)}
      {filed !== null && <section className={css.warn}><h3>{t('standards.otherwise')}</h3><p>{t('standards.otherwiseMeans')}</p>{filed.rules.length === 0 ? <p>{t('standards.none')}</p> : <Rules rules={filed.rules} />}</section>}
      {former.length > 0 && (
        <section className={css.part}>
          <h3>{t('standards.history')}</h3>
          <ul className={css.history}>
            {former.map((one) => (
              <li key={one.version}>
                <span>{t('standards.historyLine', { version: format.number(one.version), from: format.instant(one.knownFrom, list.timeZone), to: format.instant(one.knownTo ?? one.knownFrom, list.timeZone), who: decider(one) })}{one.why !== null && <span className="quiet"> · {one.why}</span>}</span>
                {one.rules.length > 0 ? <Rules rules={one.rules} /> : <p>{t('standards.none')}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
