import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWorld } from '../lib/world'
import css from './institution-name.module.css'

/** An institution by name as a link to its page; below it its code and what else tells it from others. */
export function InstitutionName({ institution, children }: { institution: { code: string; name: string }; children?: ReactNode }) {
  const { list } = useWorld()
  return (
    <span className={css.name}>
      <Link to="/$list/institutions/$code" params={{ list: list.code, code: institution.code }}>{institution.name}</Link>
      <span className="quiet">{institution.code}{children}</span>
    </span>
  )
}
