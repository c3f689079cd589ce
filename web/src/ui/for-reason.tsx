import { useState, type ReactNode } from 'react'
import { Button } from './field'
import { Buttons, Form } from './panel'
import { TextField } from './text-field'

/** Something that is done for a reason: a line for it, and the button. */
export function ForReason({ label, button, hint, busy, onSubmit }: { label: string; button: string; hint?: ReactNode; busy: boolean; onSubmit: (reason: string, clear: () => void) => void }) {
  const [reason, setReason] = useState('')
  return (
    <Form label={button} onSubmit={() => onSubmit(reason, () => setReason(''))}>
      <TextField label={label} value={reason} onChange={setReason} maxLength={500} hint={hint} />
      <Buttons><Button type="submit" disabled={busy || reason.trim() === ''}>{button}</Button></Buttons>
    </Form>
  )
}
