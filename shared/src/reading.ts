import { z } from 'zod'

/** Reasons for refusing a file as a whole, with the HTTP status each answers. */
export const fileReasons = {
  EMPTY_FILE: 400, NO_DATA_ROWS: 400, NO_WORKSHEET: 400, AMBIGUOUS_SHEETS: 400, HEADER_MISSING_COLUMN: 400, HEADER_DUPLICATE_COLUMN: 400,
  ENCODING_INVALID: 400, CSV_MALFORMED: 400, ARCHIVE_CORRUPT: 400, ARCHIVE_UNSAFE: 400, XML_UNSAFE: 400,
  TOO_LARGE: 413, TOO_MANY_ROWS: 413, TOO_MANY_COLUMNS: 413, ARCHIVE_BOMB: 413,
  TYPE_MISMATCH: 415, LEGACY_XLS: 415, MACRO: 415, ENCRYPTED: 415,
} as const
export const FileReason = z.enum(Object.keys(fileReasons) as [keyof typeof fileReasons])
export type FileReason = keyof typeof fileReasons

/** What can be wrong with a cell or a row. */
export const rowErrorCodes = [
  'MISSING_VALUE', 'BAD_INSTITUTION_CODE', 'UNKNOWN_INSTITUTION', 'INSTITUTION_INACTIVE', 'INSTITUTION_OUT_OF_SCOPE', 'UNKNOWN_DRUG',
  'DRUG_OUT_OF_SCOPE', 'BAD_STATUS', 'BAD_REASON', 'BAD_QUANTITY', 'BAD_DATE', 'DATE_IN_FUTURE', 'DATE_OUT_OF_PERIOD', 'BAD_PRICE',
  'DUPLICATE_ROW', 'CONFLICTING_ROW', 'CELL_ERROR', 'CELL_TOO_LONG', 'CONTROL_CHARS', 'FORMULA_NO_VALUE', 'TOO_FEW_FIELDS', 'TOO_MANY_FIELDS',
  'UNKNOWN_REGION', 'IN_STOCK_ZERO_QUANTITY',
] as const
export const RowErrorCode = z.enum(rowErrorCodes)
export type RowErrorCode = z.infer<typeof RowErrorCode>

/** What was read with a grain of salt; the report is accepted all the same. */
export const warningCodes = [
  'DATE_FORMAT', 'DATE_TIME_DROPPED', 'ENCODING_GB18030', 'ENCODING_UTF16', 'EXTRA_COLUMN', 'FORMULA_CACHED', 'HIDDEN_ROWS',
  'HIDDEN_SHEET_IGNORED', 'NORMALISED', 'ROWS_COLLAPSED', 'ROWS_LEFT_BLANK',
] as const
export const WarningCode = z.enum(warningCodes)
export type WarningCode = z.infer<typeof WarningCode>

/** An error at a row (as a spreadsheet numbers it, from 1) and, where one column is to blame, its field. `value` is cut to 80 characters; a price is never echoed. */
export const RowError = z.strictObject({ row: z.int().positive(), column: z.string().nullable(), code: RowErrorCode, value: z.string().nullable() })
export type RowError = z.infer<typeof RowError>

/** A column whose values are those of another field, in most rows that are amiss: `{ column: 'drug_code', looksLike: 'institution_code' }`. */
export const ShiftedColumn = z.strictObject({ column: z.string(), looksLike: z.string() })
export type ShiftedColumn = z.infer<typeof ShiftedColumn>

/** `count`: of how many rows, where they are not listed. */
export const ReadWarning = z.strictObject({ code: WarningCode, row: z.int().positive().optional(), column: z.string().optional(), count: z.int().positive().optional() })
export type ReadWarning = z.infer<typeof ReadWarning>
