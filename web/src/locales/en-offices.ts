import account from './en/account-pages.json'
import accounts from './en/accounts.json'
import audit from './en/audit.json'
import entries from './en/entries.json'
import plans from './en/plans.json'
import prices from './en/prices.json'

/** Words of pages that few open (signing in, accounts, audit, insurance plans, prices): they come with the first of them. A new file is named here and in `zh-offices.ts`. */
export default { account, accounts, audit, entries, plans, prices }
