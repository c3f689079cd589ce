import type { CaseAnswer } from '@lastmile/shared/case-answer'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileAt } from '../../lib/api'
import { evidencePackAddress } from '../../lib/queries/cases'
import { saveFile } from '../../lib/save'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Panel } from '../../ui/panel'

/** Makes the evidence pack of a case, of all that whoever looks sees of it, and saves it. It may take a while. */
export function EvidencePack({ answer: { basis, case: { code, seenAs } } }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const [saved, setSaved] = useState(false)
  const making = useDoing(async () => {
    setSaved(false)
    saveFile(`evidence-pack_${list.code}_${code}_${basis.asOf}.zip`, await fileAt(evidencePackAddress(list.code, code)))
    setSaved(true)
  })
  return (
    <Panel title={t('cases.pack.title')}>
      <FormProblem error={making.error} />
      {saved && <Done>{t('cases.pack.saved')}</Done>}
      <p>{t(`cases.pack.holds.${seenAs}`)}</p>
      <Buttons><Button disabled={making.busy} onClick={() => void making.run()}>{making.busy ? t('cases.pack.making') : t('cases.pack.make')}</Button><span className="quiet">{t('cases.pack.means')}</span></Buttons>
    </Panel>
  )
}
