import { Refused } from '@zhijiao/contract/client'
import { type FileCard, files } from '@zhijiao/contract/files'
import { call } from './api.ts'
import { newId } from './newId.ts'

/** Where a file belongs: a person, a matter, or both. */
export interface Home {
  readonly person?: string
  readonly subject?: string
}

/** Files that were sent and not answered, by home, name, size and time: chosen again, one is sent under the id it had. */
const unanswered = new Map<string, string>()

const nameOf = (file: Blob, { person = '', subject = '' }: Home) =>
  file instanceof File ? [person, subject, file.name, file.size, file.lastModified].join('|') : null

/**
 * Sends a file under an id chosen here: tried once more when the connection broke, and chosen again by hand after that, it
 * is still kept once. Refusals are thrown as they come.
 */
export async function upload(file: Blob, fileName: string, home: Home): Promise<FileCard> {
  const name = nameOf(file, home)
  const id = (name && unanswered.get(name)) ?? newId()
  const send = () => call(files.upload, { body: { ...home, id }, file, fileName })
  if (name) unanswered.set(name, id)
  const card = await send()
    .catch((error: unknown) => {
      if (error instanceof Refused) throw error
      return send()
    })
    .catch((error: unknown) => {
      if (name && error instanceof Refused) unanswered.delete(name)
      throw error
    })
  if (name) unanswered.delete(name)
  return card
}
