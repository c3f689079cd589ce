import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useDoing } from './use-doing'
import { useWorld } from './world'

/** What is moved: as it is on screen, and which answers of its list are asked anew with it. */
interface Moving {
  code: string
  version: number
  answers: readonly string[]
}

/** Does something with what is on screen at the version that it has there, and has it asked anew, whether it was done or not: somebody else may have been quicker. `did`: what was done last, to be said. */
export function useMoving<Deed extends string>({ code, version, answers }: Moving) {
  const { list } = useWorld()
  const client = useQueryClient()
  const [did, setDid] = useState<Deed | null>(null)
  const anew = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && answers.includes(String(queryKey[1])) })
  const { run, busy, error } = useDoing(async (deed: Deed, act: (at: { list: string; code: string; version: number }) => Promise<unknown>, then?: () => void) => {
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
