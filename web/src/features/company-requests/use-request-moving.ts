import type { CompanyRequestVerb } from '@lastmile/shared/company-request'
import type { CompanyRequestAnswer, CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'

/** Takes a step of a request as it is on screen, and has it asked anew, whether it was taken or not: somebody else may have been quicker. */
export function useRequestMoving({ request: { code, version } }: Pick<CompanyRequestAnswer, 'request'>) {
  const { list } = useWorld()
  const client = useQueryClient()
  const [did, setDid] = useState<CompanyRequestVerb | null>(null)
  const anew = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && (queryKey[1] === 'company-request' || queryKey[1] === 'company-requests') })
  const { run, busy, error } = useDoing(async (verb: CompanyRequestVerb, act: (at: { list: string; code: string; version: number }) => Promise<CompanyRequestMoved>) => {
    setDid(null)
    try {
      await act({ list: list.code, code, version })
    } catch (failed) {
      void anew()
      throw failed
    }
    setDid(verb)
    await anew()
  })
  return { run, busy, error, did }
}
