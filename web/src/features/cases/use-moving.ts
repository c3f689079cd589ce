import type { CaseAnswer, CaseMoved } from '@lastmile/shared/case-answer'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'

/** What was done last with a case, to be said. */
export type Deed = 'draft' | 'change' | 'send' | 'acknowledge' | 'answer' | 'withdraw' | 'close' | 'reopen' | 'check' | 'escalate' | 'comment'

/** Does something with a case as it is on screen, and has it asked anew, whether it was done or not: somebody else may have been quicker. */
export function useMoving({ case: { code, version } }: Pick<CaseAnswer, 'case'>) {
  const { list } = useWorld()
  const client = useQueryClient()
  const [did, setDid] = useState<Deed | null>(null)
  const anew = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && (queryKey[1] === 'case' || queryKey[1] === 'cases') })
  const { run, busy, error } = useDoing(async (deed: Deed, act: (at: { list: string; code: string; version: number }) => Promise<CaseMoved>, then?: () => void) => {
    setDid(null)
    try {
      await act({ list: list.code, code, version })
    } catch (failed) {
      void anew()
      throw failed
    }
    setDid(deed)
    then?.()
    await anew()
  })
  return { run, busy, error, did }
}
