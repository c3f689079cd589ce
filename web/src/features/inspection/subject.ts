import type { InspectionSheet, InspectionSubject } from '@lastmile/shared/inspection'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'

/** What the subject of a sheet is called: a unit by its full name. */
export function useSubjectName(): (of: InspectionSubject, code: string) => string {
  const text = useText()
  const { drugName, companyName, regions } = useWorld()
  return (of, code) => {
    if (of === 'drug') return drugName(code)
    if (of === 'company') return companyName(code)
    const unit = regions.units.find((one) => one.code === code)
    return unit ? text(unit.fullName) : code
  }
}

/** The subject of a sheet, as other pages of the list are asked for what is of it. */
export function subjectSearch({ of, code }: Pick<InspectionSheet, 'of' | 'code'>): { drug?: string; company?: string; region?: string } {
  return of === 'drug' ? { drug: code } : of === 'company' ? { company: code } : { region: code }
}
