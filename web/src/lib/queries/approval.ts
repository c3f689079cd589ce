import { answerTo, lists } from '../api'

const api = lists[':list'].reports[':id']

/** Approves a report: it is locked against corrections. */
export const approveReport = (list: string, id: string) => answerTo(api.approval.$post({ param: { list, id } }))
/** Opens an approved report again, for a reason. */
export const reopenReport = (list: string, id: string, reason: string) => answerTo(api.approval.$delete({ param: { list, id }, json: { reason } }))
/** Takes back a report that waits. */
export const takeReportBack = (list: string, id: string) => answerTo(api.withdrawal.$post({ param: { list, id } }))
/** Releases a report from quarantine, for a reason. */
export const releaseReport = (list: string, id: string, reason: string) => answerTo(api.release.$post({ param: { list, id }, json: { reason } }))
/** Returns a report that waits, for a reason. */
export const returnReport = (list: string, id: string, reason: string) => answerTo(api.return.$post({ param: { list, id }, json: { reason } }))
