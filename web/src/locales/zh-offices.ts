import { rowErrorWordsIn } from '@lastmile/shared/row-error-words'
import account from './zh/account-pages.json'
import accounts from './zh/accounts.json'
import audit from './zh/audit.json'
import codes from './zh/codes.json'
import contradictions from './zh/contradictions.json'
import entries from './zh/entries.json'
import feeds from './zh/feeds.json'
import inspection from './zh/inspection.json'
import messages from './zh/messages.json'
import plans from './zh/plans.json'
import prices from './zh/prices.json'
import receipt from './zh/receipt.json'
import reporting from './zh/reporting.json'
import reports from './zh/reports.json'
import upload from './zh/upload.json'

/** Words of pages that few open (signing in, accounts, audit, prices): they come with the first of them. A new file is named here and in `en-offices.ts`. */
export default { account, accounts, audit, codes: { ...codes, row: rowErrorWordsIn('zh') }, contradictions, entries, feeds, inspection, messages, plans, prices, receipt, reporting, reports, upload }
