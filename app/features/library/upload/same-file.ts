import type { Language } from '../../../../shared/languages'
import type { UploadView } from '../../../../shared/views'

/** How far the device's clock may be ahead of the server's, milliseconds. */
const CLOCKS_MS = 60_000

type Chosen = { name: string; size: number; lastModified: number }

/**
 * Is the chosen file the one that has begun to arrive? Browsers do not keep a file over a reload, so it
 * is known by name and size; one that was saved after the sending began is another text.
 */
export function isSameFile({ name, bytes, startedAt }: UploadView, file: Chosen): boolean {
  return (
    plain(name) === plain(file.name) &&
    bytes === file.size &&
    file.lastModified <= Date.parse(startedAt) + CLOCKS_MS
  )
}

/** The unfinished upload that choosing this file goes on with. */
export function matchingUpload(
  unfinished: readonly UploadView[],
  { file, lang }: { file: Chosen; lang: Language },
): UploadView | undefined {
  return unfinished.find((upload) => upload.lang === lang && isSameFile(upload, file))
}

/** As the server keeps names: composed letters, single spaces. */
function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim()
}
