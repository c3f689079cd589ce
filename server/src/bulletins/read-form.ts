import { readFile } from 'node:fs/promises'
import type { BulletinForm } from '@lastmile/shared/bulletin'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** The bytes of a form as they were kept. @throws Refusal 404 where the bulletin has no such form, 409 where its file is gone or damaged */
export async function readForm({ files }: Services, forms: readonly { form: BulletinForm; sha256: string }[], form: BulletinForm): Promise<Uint8Array<ArrayBuffer>> {
  const found = forms.find((one) => one.form === form)
  if (!found) throw notFound('form', form)
  const { path } = await files.kept(found.sha256).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error
    throw new Refusal(409, 'bulletin.file_gone', 'The kept file of this form is not there any more, or is damaged. Put it back from a copy.')
  })
  return new Uint8Array(await readFile(path))
}
