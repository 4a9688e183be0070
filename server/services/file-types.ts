import { fileTypeFromBuffer } from 'file-type'
import { AppError } from '../../shared/errors'
import { checkPictureSize } from './picture-check'

const MB = 1_000_000
const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'

/** How the content is looked at. */
export type ContentForm = 'pdf' | 'office' | 'open' | 'compound' | 'picture' | 'media' | 'text'

export type FileType = {
  form: ContentForm
  mediaType: string
  /** Most bytes of one file. */
  most: number
  /** What the first bytes say, where that is not the media type itself. */
  sniffed?: readonly string[]
}

const of = (form: ContentForm, mediaType: string, most: number, sniffed?: readonly string[]) => ({
  form,
  mediaType,
  most: most * MB,
  ...(sniffed ? { sniffed } : {}),
})
const COMPOUND = ['application/x-cfb']

/** What is taken, by ending; everything else is refused. */
export const FILE_TYPES: Readonly<Record<string, FileType>> = {
  pdf: of('pdf', 'application/pdf', 100),
  docx: of('office', `${OFFICE}.wordprocessingml.document`, 100),
  xlsx: of('office', `${OFFICE}.spreadsheetml.sheet`, 100),
  pptx: of('office', `${OFFICE}.presentationml.presentation`, 100),
  odt: of('open', `${OPEN}.text`, 100),
  ods: of('open', `${OPEN}.spreadsheet`, 100),
  odp: of('open', `${OPEN}.presentation`, 100),
  doc: of('compound', 'application/msword', 100, COMPOUND),
  xls: of('compound', 'application/vnd.ms-excel', 100, COMPOUND),
  ppt: of('compound', 'application/vnd.ms-powerpoint', 100, COMPOUND),
  png: of('picture', 'image/png', 25),
  jpg: of('picture', 'image/jpeg', 25),
  jpeg: of('picture', 'image/jpeg', 25),
  gif: of('picture', 'image/gif', 25),
  webp: of('picture', 'image/webp', 25),
  mp4: of('media', 'video/mp4', 200, ['video/mp4', 'video/x-m4v', 'video/quicktime']),
  webm: of('media', 'video/webm', 200, ['video/webm', 'video/matroska']),
  mp3: of('media', 'audio/mpeg', 200),
  txt: of('text', 'text/plain', 5),
  csv: of('text', 'text/csv', 5),
}

/** How many of the first bytes are looked at as soon as they are there. */
export const HEAD_BYTES = 4_100

/**
 * Look at the first bytes: no file arrives in full length only to be refused for what stood at its
 * beginning.
 *
 * @param head the first `HEAD_BYTES`, or all there are
 * @throws AppError `file_content`; `file_bomb` for a picture of too many pixels
 */
export async function checkHead(type: FileType, head: Buffer): Promise<void> {
  if (type.form === 'office' || type.form === 'open') {
    // what kind of archive it is stands at its end
    if (!head.subarray(0, 4).equals(ARCHIVE)) throw new AppError('file_content')
    return
  }
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const expected: readonly (string | undefined)[] =
    type.form === 'text' ? [undefined] : (type.sniffed ?? [type.mediaType])
  if (!expected.includes(found?.mime)) throw new AppError('file_content')
  if (type.form === 'picture') checkPictureSize(head, false)
}

const ARCHIVE = Buffer.from('PK\u0003\u0004', 'latin1')
