import type { Text } from '@lastmile/shared/text'
import { Link } from '@tanstack/react-router'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'

/** A drug by name, as a link to its life across editions: by its code in the list, or that of its substance. */
export function LifeLink({ substance, name }: { substance: string; name: Text }) {
  const text = useText()
  const { list } = useWorld()
  return <Link to="/$list/drugs/$drug/life" params={{ list: list.code, drug: substance }}>{text(name)}</Link>
}
