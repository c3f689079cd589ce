import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { asPresent } from '../../lib/search'
import { useWorld } from '../../lib/world'

/** A cell of the board, as the way to the ladder of its drug in its unit; of today, whatever day the address names: that is what the page shows. */
export function CellLink({ drug, unit, children }: { drug: string; unit: string; children: ReactNode }) {
  const { list } = useWorld()
  return <Link to="/$list/ladder/$drug/$unit" params={{ list: list.code, drug, unit }} search={asPresent}>{children}</Link>
}
