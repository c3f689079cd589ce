import { z } from 'zod'
import { Day } from './day.js'
import { Text } from './text.js'

/** How a drug reaches a patient: kept on the shelf, ordered for a named patient, made for the patient. Changes the words, never the arithmetic. */
export const SupplyForm = z.enum(['shelf', 'named_patient', 'made_for_patient'])
export type SupplyForm = z.infer<typeof SupplyForm>

/** A listed drug, as the edition's `drugs.json` gives it and `/drugs` answers it. */
export const Drug = z.strictObject({
  code: z.string().min(1),
  /** Place in the list, from 1. */
  no: z.int().positive(),
  name: Text,
  brand: Text.nullable(),
  inn: z.string().nullable(),
  /** Other names it is searched by, and codes under which reports name it (NDC). */
  aliases: z.array(z.string()),
  company: z.string(),
  /** Marketing-authorisation holder, where it is not the authorised company. */
  holder: Text.nullable(),
  categoryCode: z.string().nullable(),
  indication: Text.nullable(),
  supplyForm: SupplyForm,
  rareDisease: z.boolean(),
  /** Days after which a statement is stale. */
  freshnessDays: z.int().positive(),
  /** Rare-disease drugs are judged by reach, the others by counts. */
  judgedBy: z.enum(['counts', 'reach']),
  validFrom: Day,
  validTo: Day.nullable(),
})
export type Drug = z.infer<typeof Drug>

/** A company that answers for drugs of a list. */
export const Company = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  name: Text,
  liaison: z.string().nullable(),
})
export type Company = z.infer<typeof Company>

export const DrugsAnswer = z.strictObject({ drugs: z.array(Drug) })
export type DrugsAnswer = z.infer<typeof DrugsAnswer>
export const CompaniesAnswer = z.strictObject({ companies: z.array(Company.extend({ drugs: z.array(z.string()) })) })
export type CompaniesAnswer = z.infer<typeof CompaniesAnswer>
