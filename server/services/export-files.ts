import type { Types } from 'mongoose'
import { Rendition } from '../../models/rendition'
import { SlideDeck } from '../../models/slide-deck'
import type { Ports } from '../ports'
import type { ArchiveEntry } from './export-archive'

/** The files of a partnership's library, each under the id of its version. */
export async function libraryFiles(
  { storage }: Pick<Ports, 'storage'>,
  partnership: Types.ObjectId,
): Promise<ArchiveEntry[]> {
  const rows = await Rendition.find({ partnership, file: { $ne: null } }, { file: 1 }).lean()
  return rows.flatMap(({ _id, file }) => {
    if (!file) return []
    const { key, bytes, name } = file
    const its = { _id, partnership, 'file.key': key }
    return {
      path: `library/files/${_id}${extensionOf(name)}`,
      packed: true,
      open: () => storage.read(key),
      stored: { bytes, isThere: async () => (await Rendition.exists(its)) !== null },
    }
  })
}

/** The slides of a partnership's workshops, each deck in a folder of its id, numbered from 1. */
export async function slideFiles(
  { storage }: Pick<Ports, 'storage'>,
  partnership: Types.ObjectId,
): Promise<ArchiveEntry[]> {
  const decks = await SlideDeck.find({ partnership }, { pages: 1 }).lean()
  return decks.flatMap(({ _id, pages }) =>
    pages.map(({ key, mediaType, bytes }, at) => {
      const its = { _id, partnership, 'pages.key': key }
      return {
        path: `workshops/slides/${_id}/${at + 1}.${mediaType.replace('image/', '')}`,
        packed: true,
        open: () => storage.read(key),
        stored: { bytes, isThere: async () => (await SlideDeck.exists(its)) !== null },
      }
    }),
  )
}

/** What kind of file it is, as far as its name says so by plain letters. */
function extensionOf(name: string): string {
  return /\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? ''
}
