import type { SeenAs } from '@lastmile/shared/account'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../../lib/actor'
import { ProblemError } from '../../lib/problem'
import { seeAs } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'
import { BelongingFields, noBelonging } from './belonging-fields'

/** As whom to look. `onDone`: the screens are that role's from now on. */
export function SeeAsForm({ onDone }: { onDone: () => unknown }) {
  const { t } = useTranslation()
  const actor = useActor()
  const [own, setOwn] = useState<SeenAs>({ ...noBelonging, role: 'province_officer', list: actor.list })
  const look = useDoing(seeAs, onDone)
  const wrong = look.error instanceof ProblemError ? look.error.field : null
  return (
    <Panel title={t('account.seeAs.role')}>
      <Form label={t('account.seeAs.page')} onSubmit={() => void look.run(own)}>
        <FormProblem error={look.error} />
        <BelongingFields value={own} onChange={setOwn} wrong={wrong} />
        <Buttons><Button type="submit" primary disabled={look.busy}>{t('account.seeAs.start')}</Button></Buttons>
      </Form>
    </Panel>
  )
}
