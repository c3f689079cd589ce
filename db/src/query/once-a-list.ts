import type { Database } from '../database.js'
import type { ListRow } from './lists.js'

/** Reads something of a list once for each row of it: the server makes new rows whenever a list's data change. What failed is read again. */
export function onceAList<Value>(read: (db: Database, list: ListRow) => Promise<Value>): (db: Database, list: ListRow) => Promise<Value> {
  const known = new WeakMap<ListRow, Promise<Value>>()
  return (db, list) => {
    let value = known.get(list)
    if (!value) {
      known.set(list, (value = read(db, list)))
      value.catch(() => known.delete(list))
    }
    return value
  }
}
