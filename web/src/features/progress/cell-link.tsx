import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWorld } from '../../lib/world'

/** A cell of the board, as the way to the ladder of its drug in its unit. */
export function CellLink({ drug, unit, children }: { drug: string; unit: string; children: ReactNode }) {
  const { list } = useWorld()
  return <Link to="/$list/ladder/$drug/$unit" params={{ list: list.code, drug, unit }}>{children}</Link>
}
