import { Link } from '@tanstack/react-router'
import { useWorld } from '../lib/world'

/** An institution by name, with its code below, as a link to its page. */
export function InstitutionName({ institution }: { institution: { code: string; name: string } }) {
  const { list } = useWorld()
  return (
    <>
      <Link to="/$list/institutions/$code" params={{ list: list.code, code: institution.code }}>{institution.name}</Link>
      <div className="quiet" style={{ minWidth: 150 }}>{institution.code}</div>
    </>
  )
}
