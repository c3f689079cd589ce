import { readFileSync } from 'node:fs'
import { Profile } from '@lastmile/shared/source'

/** A profile of the project's own editions, through its schema. */
export function profile(code: string): Profile {
  return Profile.parse(JSON.parse(readFileSync(new URL(`../../../db/editions/profiles/${code}.json`, import.meta.url), 'utf8')))
}
