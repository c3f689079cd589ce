import { readFile } from 'node:fs/promises'
import { BadDataFile } from './bad-data-file.js'

/** The bytes of a data file. @throws BadDataFile if there is no such file, or it may not be read */
export async function readDataFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new BadDataFile(path, [whyNot[(error as NodeJS.ErrnoException).code ?? ''] ?? 'the file cannot be read'])
  }
}

const whyNot: Record<string, string> = {
  ENOENT: 'there is no such file; is the path right?', ENOTDIR: 'there is no such file; is the path right?', EISDIR: 'this is a folder; name a file', EACCES: 'the file may not be read by who runs the server',
}
