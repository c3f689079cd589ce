import type { CaseAnswer } from '@lastmile/shared/case-answer'
import { useMoving as useMovingOf } from '../../lib/use-moving'

/** What was done last with a case, to be said. */
export type Deed = 'draft' | 'change' | 'send' | 'acknowledge' | 'answer' | 'withdraw' | 'close' | 'reopen' | 'check' | 'escalate' | 'comment'

/** Does something with a case as it is on screen. */
export function useMoving({ case: { code, version } }: Pick<CaseAnswer, 'case'>) {
  return useMovingOf<Deed>({ code, version, answers: ['case', 'cases'] })
}
