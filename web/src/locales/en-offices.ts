import { rowErrorWordsIn } from '@lastmile/shared/row-error-words'
import account from './en/account-pages.json'
import accounts from './en/accounts.json'
import audit from './en/audit.json'
import codes from './en/codes.json'
import contradictions from './en/contradictions.json'
import entries from './en/entries.json'
import feeds from './en/feeds.json'
import inspection from './en/inspection.json'
import messages from './en/messages.json'
import plans from './en/plans.json'
import prices from './en/prices.json'
import receipt from './en/receipt.json'
import reporting from './en/reporting.json'
import reports from './en/reports.json'
import upload from './en/upload.json'

/** Words of pages that few open (signing in, accounts, audit, contradictions, feeds, inspection, messages, insurance plans, prices, reports with their errors and receipts): they come with the first of them. A new file is named here and in `zh-offices.ts`. */
export default { account, accounts, audit, codes: { ...codes, row: rowErrorWordsIn('en') }, contradictions, entries, feeds, inspection, messages, plans, prices, receipt, reporting, reports, upload }
