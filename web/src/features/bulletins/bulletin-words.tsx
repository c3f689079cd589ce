import type { Bulletin } from '@lastmile/shared/bulletin'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../lib/problem'
import { Tag } from '../../ui/page-head'

const tones = { frozen: 'plain', embargoed: 'warn', published: 'good', superseded: 'alarm', withdrawn: 'alarm' } as const

/** How far a bulletin is, in a word. */
export function BulletinState({ state }: Pick<Bulletin, 'state'>) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`bulletins.states.${state}`)}</Tag>
}

/** What the server refuses of bulletins alone. */
const known = ['exists', 'not_held', 'moved', 'too_soon', 'too_late', 'before', 'future', 'known_before', 'region', 'issuer', 'closed', 'comments_full', 'file_gone'] as const

/** An error of bulletins in words of theirs; any other as it is. */
export function useBulletinProblem(): (error: unknown) => unknown {
  const { t } = useTranslation()
  return (error) => {
    const code = error instanceof ProblemError ? known.find((one) => `bulletin.${one}` === error.code) : undefined
    if (code === undefined) return error
    // Which instant is the first says the server's own sentence.
    const at = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}/.exec((error as ProblemError).message)?.[0] ?? ''
    return new Error(t(`bulletins.problems.${code}`, { at }))
  }
}
