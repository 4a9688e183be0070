import type { Reason } from './upload-machine'

const MB = 1_000_000

/**
 * What the server takes, by the end of a file's name, and most bytes of one: told before a byte is sent.
 * The server has the last word, and looks inside (a test holds both lists together).
 */
export const ACCEPTED: Readonly<Record<string, number>> = {
  pdf: 100 * MB,
  docx: 100 * MB,
  xlsx: 100 * MB,
  pptx: 100 * MB,
  odt: 100 * MB,
  ods: 100 * MB,
  odp: 100 * MB,
  doc: 100 * MB,
  xls: 100 * MB,
  ppt: 100 * MB,
  png: 25 * MB,
  jpg: 25 * MB,
  jpeg: 25 * MB,
  gif: 25 * MB,
  webp: 25 * MB,
  mp4: 200 * MB,
  webm: 200 * MB,
  mp3: 200 * MB,
  txt: 5 * MB,
  csv: 5 * MB,
}

type Chosen = { name: string; size: number }

/** Why a file would be refused, said before a byte of it is sent; null when nothing speaks against it. */
export function refusedBeforeSending({ name, size }: Chosen): Reason | null {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? ''
  const most = Object.hasOwn(ACCEPTED, ending) ? ACCEPTED[ending] : undefined
  if (most === undefined) return 'file_type'
  if (size === 0) return 'file_empty'
  return size > most ? 'too_large' : null
}
