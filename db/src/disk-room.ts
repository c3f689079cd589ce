import { statfsSync } from 'node:fs'

/**
 * What is left free on the disk of the data. The embedded database opens its log anew every 16 MB, and one that cannot
 * do that in the middle of a transaction stops for good; so nothing is begun where it might come to that.
 */
export const roomKept = 64 * 1024 * 1024

/** Thrown for what would be written where too little room is left. To the rest of the program a disk that is full. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
  readonly code = 'ENOSPC'
  constructor(folder: string) {
    super(`less than ${roomKept / (1024 * 1024)} MB are free on the disk of ${folder}`)
  }
}

/** @throws NoRoom if less than {@link roomKept} is free on the disk of a folder, as far as the system tells */
export function checkRoom(folder: string): void {
  let free: number
  try {
    const { bavail, bsize } = statfsSync(folder)
    free = bavail * bsize
  } catch {
    return
  }
  if (free < roomKept) throw new NoRoom(folder)
}
