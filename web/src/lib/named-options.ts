import type { Text } from '@lastmile/shared/text'
import { useText } from './i18n'

/** What has a code and a name as the options of a choice; none until it has come. */
export function useNamedOptions(): (all: readonly { code: string; name: Text }[] | undefined) => { value: string; label: string }[] {
  const text = useText()
  return (all) => (all ?? []).map(({ code, name }) => ({ value: code, label: text(name) }))
}
