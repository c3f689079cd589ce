import type { Bulletin, BulletinBasis } from '@lastmile/shared/bulletin'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { invalidate } from '../../lib/live'
import { bulletinsQuery, keepBulletin } from '../../lib/queries/bulletins'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import { useBulletinProblem } from './bulletin-words'
import css from './bulletins.module.css'

/** Who issues a bulletin, and how that stands on it. */
export interface Issuing {
  issuerZh: string
  issuerEn: string
  redHeader: boolean
  supersedes: string | undefined
}

/** Keeping a draft as a bulletin: who issues it, and whose place it takes. What of it is seen on the sheet is seen at once. */
export function KeepForm({ basis, issuing, onIssuing, onKept }: { basis: BulletinBasis; issuing: Issuing; onIssuing: (next: Issuing) => void; onKept: (bulletin: Bulletin) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const { list } = useWorld()
  const problem = useBulletinProblem()
  const { evidence, asOf, region, knownOn } = basis
  const others = useQuery(bulletinsQuery(list.code, { evidence, region: region ?? undefined, limit: 500 }))
  const holding = (others.data?.rows ?? []).filter((one) => one.asOf === asOf && one.region === region && (one.state === 'frozen' || one.state === 'embargoed' || one.state === 'published'))
  const { issuerZh, issuerEn, redHeader } = issuing
  // Chosen of another day, evidence or scope, it is none of these, and its field shows none.
  const supersedes = holding.some(({ code }) => code === issuing.supersedes) ? issuing.supersedes : undefined
  const [zh, en] = [issuerZh.trim(), issuerEn.trim()]
  const issuer = zh === '' && en === '' ? null : { zh: zh || en, en: en || zh }
  const keep = useDoing(() => keepBulletin(list.code, { evidence, asOf, knownOn, region, issuer, redHeader: redHeader && issuer !== null, supersedes: supersedes ?? null }), async (kept) => {
    await invalidate(client, 'report', list.code)
    onKept(kept)
  })
  return (
    <div className={css.noPrint}>
      <Panel title={t('bulletins.keep')} lead={t('bulletins.keepLead')}>
        <FormProblem error={problem(keep.error)} />
        <Form label={t('bulletins.keep')} onSubmit={() => void keep.run()}>
          <Fields>
            <TextField label={t('bulletins.issuerZh')} value={issuerZh} onChange={(next) => onIssuing({ ...issuing, issuerZh: next })} required={false} maxLength={60} />
            <TextField label={t('bulletins.issuerEn')} value={issuerEn} onChange={(next) => onIssuing({ ...issuing, issuerEn: next })} required={false} maxLength={120} />
            {holding.length > 0 && <SelectField label={t('bulletins.supersedes')} value={supersedes} all={t('bulletins.supersedesNone')} options={holding.map((one) => ({ value: one.code, label: `${text(one.number)} (${t(`bulletins.states.${one.state}`)})` }))} onChange={(next) => onIssuing({ ...issuing, supersedes: next })} hint={t('bulletins.supersedesHint')} />}
          </Fields>
          <label className={css.switch}><input type="checkbox" checked={redHeader} disabled={issuer === null} onChange={(event) => onIssuing({ ...issuing, redHeader: event.target.checked })} /> {t('bulletins.redHeader')}</label>
          <Buttons><Button type="submit" primary disabled={keep.busy}>{keep.busy ? t('bulletins.keepingNow') : t('bulletins.keep')}</Button></Buttons>
        </Form>
      </Panel>
    </div>
  )
}
