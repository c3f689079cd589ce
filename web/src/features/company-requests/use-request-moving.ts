import type { CompanyRequestVerb } from '@lastmile/shared/company-request'
import type { CompanyRequestAnswer } from '@lastmile/shared/company-request-answer'
import { useMoving } from '../../lib/use-moving'

/** Takes a step of a request as it is on screen. */
export function useRequestMoving({ request: { code, version } }: Pick<CompanyRequestAnswer, 'request'>) {
  return useMoving<CompanyRequestVerb>({ code, version, answers: ['company-request', 'company-requests'] })
}
