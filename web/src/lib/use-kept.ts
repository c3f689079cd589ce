import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react'
import { useActor } from './actor'

/*
 * What is typed and not sent yet is kept in its window, under whose it is: who looks elsewhere meanwhile, or loads the page anew, finds it
 * again. It is gone with the window, and when it was sent.
 */

const nameOf = (whose: string, key: string) => `lastmile-draft ${whose} ${key}`

/** A state that is kept under a key until it is let go ({@link useLetGo}); under none (null), it is not. */
export function useKept<Value>(key: string | null, first: Value): [Value, Dispatch<SetStateAction<Value>>] {
  const { id } = useActor()
  const name = key === null ? null : nameOf(id, key)
  const [value, setValue] = useState<Value>(() => (name === null ? null : read<Value>(name)) ?? first)
  const written = useRef(value)
  useEffect(() => {
    if (name === null || written.current === value) return
    written.current = value
    withStorage((storage) => storage.setItem(name, JSON.stringify(value)))
  }, [name, value])
  return [value, setValue]
}

/** Lets go of all that is kept under keys that begin so. */
export function useLetGo(): (beginning: string) => void {
  const { id } = useActor()
  return (beginning) => withStorage((storage) => {
    for (const name of Object.keys(storage)) if (name.startsWith(nameOf(id, beginning))) storage.removeItem(name)
  })
}

function read<Value>(name: string): Value | null {
  const text = withStorage((storage) => storage.getItem(name))
  try {
    return text ? JSON.parse(text) as Value : null
  } catch {
    return null
  }
}

/** A browser may keep nothing, or no more: then nothing is kept. */
function withStorage<Answer>(does: (storage: Storage) => Answer): Answer | null {
  try {
    return does(sessionStorage)
  } catch {
    return null
  }
}
