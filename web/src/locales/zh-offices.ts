import account from './zh/account-pages.json'
import accounts from './zh/accounts.json'
import audit from './zh/audit.json'
import entries from './zh/entries.json'
import plans from './zh/plans.json'
import prices from './zh/prices.json'

/** Words of pages that few open (signing in, accounts, audit, prices): they come with the first of them. A new file is named here and in `en-offices.ts`. */
export default { account, accounts, audit, entries, plans, prices }
