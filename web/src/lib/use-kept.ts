import { useCallback, useEffect, useState, type Dispatch, type SetStateAction } from 'react'
import type { z } from 'zod'
import { useActor } from './actor'

/*
 * What is typed and not sent yet is kept in its window, under whose it is: who looks elsewhere meanwhile, or loads the page anew, finds it
 * again. It is gone with the window, and when it was sent.
 */

const nameOf = (whose: string, key: string) => `lastmile-draft ${whose} ${key}`

/** What stands there: under which name, how it began, and whether it was typed since. */
interface Kept<Value> {
  name: string | null
  value: Value
  begun: Value
  isTyped: boolean
  /** About which version it was typed, where it was found; null: about the one that is there. */
  version: number | null
}

/** How what is kept is read: `version`: of what it is about; `shape`: of what is typed, where that is not told by what stands there at first. */
interface Reading<Value> {
  version?: number
  shape?: z.ZodType<Value>
}

/** Forms that are open: what one of them lets go of, another that found it has no more. */
const open = new Set<(name: string) => void>()

/** `found`: whether it was found as it was typed before, and whether what it is about was changed since. `restart`: begins anew, at first or from another value, and lets go of what was typed. It lets go too when who kept it is gone: an answer may come late. */
export interface Draft<Value> {
  found: 'same' | 'older' | null
  restart: (from?: Value) => void
}

/** A state that is kept under a key until it is begun anew, let go ({@link useLetGo}), or is again what it was at first; under none (null), it is not. Under another key it is what was typed under that one. */
export function useKept<Value>(key: string | null, first: Value, { version = 0, shape }: Reading<Value> = {}): [Value, Dispatch<SetStateAction<Value>>, Draft<Value>] {
  const { id } = useActor()
  const name = key === null ? null : nameOf(id, key)
  const begin = (): Kept<Value> => {
    const said = name === null ? null : read(name, first, shape)
    return { name, begun: first, isTyped: false, value: said?.value ?? first, version: said?.version ?? null }
  }
  const [last, setKept] = useState(begin)
  const kept = last.name === name ? last : begin()
  if (kept !== last) setKept(kept)
  useEffect(() => {
    if (kept.name === null || !kept.isTyped) return
    const isUnsaid = JSON.stringify(kept.value) === JSON.stringify(kept.begun)
    const said = JSON.stringify({ version: kept.version ?? version, value: kept.value })
    withStorage((storage) => (isUnsaid ? storage.removeItem(kept.name!) : storage.setItem(kept.name!, said)))
  }, [kept, version])
  const set = useCallback((next: SetStateAction<Value>) => setKept((before) => ({ ...before, isTyped: true, value: typeof next === 'function' ? (next as (before: Value) => Value)(before.value) : next })), [])
  useEffect(() => {
    const lose = (lost: string) => setKept((before) => (before.name !== lost || before.version === null || before.isTyped ? before : { ...before, value: before.begun, version: null }))
    open.add(lose)
    return () => void open.delete(lose)
  }, [])
  const restart = (from: Value = kept.begun) => {
    if (name !== null) forget((one) => one === name)
    setKept((before) => (before.name === name ? { name, begun: from, value: from, isTyped: false, version: null } : before))
  }
  return [kept.value, set, { found: kept.version === null ? null : kept.version === version ? 'same' : 'older', restart }]
}

/** Lets go of what is kept under a key, and under all that begin with it and a space. */
export function useLetGo(): (beginning: string) => void {
  const { id } = useActor()
  return (beginning) => {
    const own = nameOf(id, beginning)
    forget((name) => name === own || name.startsWith(`${own} `))
  }
}

function forget(which: (name: string) => boolean): void {
  withStorage((storage) => {
    for (const name of Object.keys(storage).filter(which)) {
      storage.removeItem(name)
      for (const lose of open) lose(name)
    }
  })
}

/** What is kept under a name, where it is what is typed there: another version of the program may have kept something else. */
function read<Value>(name: string, first: Value, shape: z.ZodType<Value> | undefined): { version: number; value: Value } | null {
  const text = withStorage((storage) => storage.getItem(name))
  try {
    const said = text ? JSON.parse(text) as unknown : null
    if (!isFields(said) || typeof said['version'] !== 'number') return null
    const [version, value] = [said['version'], said['value']]
    return (shape ? shape.safeParse(value).success : isLike(value, first)) ? { version, value: value as Value } : null
  } catch {
    return null
  }
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value has the shape of another: its fields, and their kinds. What is not chosen there at first is a text here, or not chosen either. */
function isLike(value: unknown, first: unknown): boolean {
  if (first === undefined || first === null) return value === undefined || value === null || typeof value === 'string'
  if (Array.isArray(first)) return Array.isArray(value)
  if (isFields(first)) return isFields(value) && Object.entries(first).every(([field, own]) => isLike(value[field], own))
  return typeof value === typeof first
}

/** A browser may keep nothing, or no more: then nothing is kept. */
function withStorage<Answer>(does: (storage: Storage) => Answer): Answer | null {
  try {
    return does(sessionStorage)
  } catch {
    return null
  }
}
