/** What a file is, in a word of the reader's language (`library:file.<kind>`). */
export type FileKind =
  | 'pdf'
  | 'document'
  | 'spreadsheet'
  | 'slides'
  | 'picture'
  | 'video'
  | 'sound'
  | 'text'
  | 'table'
  | 'other'

const BY_TYPE: readonly [RegExp, FileKind][] = [
  [/^application\/pdf$/, 'pdf'],
  [/wordprocessingml|msword|opendocument\.text|rtf/, 'document'],
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet/, 'spreadsheet'],
  [/presentationml|ms-powerpoint|opendocument\.presentation/, 'slides'],
  [/^image\//, 'picture'],
  [/^video\//, 'video'],
  [/^audio\//, 'sound'],
  [/^text\/csv/, 'table'],
  [/^text\//, 'text'],
]

export function fileKindOf(mediaType: string): FileKind {
  return BY_TYPE.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'other'
}
