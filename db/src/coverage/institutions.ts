/** Which institutions: some by their ids, or those of a range of ids (inclusive). */
export type Institutions = readonly number[] | { first: number; last: number }
