import type { Language } from '../../../../shared/languages'
import { ACKNOWLEDGED } from '../../../../shared/patient-data/kinds'
import type { RenditionStatus } from '../../../../shared/resource-kinds'
import type { UploadView } from '../../../../shared/views'
import { matchingUpload } from './same-file'
import { holdUpload } from './upload-lock'
import type { UploadEvent } from './upload-machine'
import { lineLost, verdictOf } from './verdict'

/** One piece at a time, bytes: what a dropped line can cost at most. */
const PIECE_BYTES = 512_000
const PIECE_BYTES_SAVING = 128_000
/** A line on which nothing has moved for so long is a dead one, milliseconds. */
const SILENCE_MS = 45_000

export type UploadJob = {
  file: File
  resourceId: string
  lang: Language
  status: RenditionStatus
  isSaving: boolean
  /** The sender was asked about the file's name, and sends it as it is. */
  acknowledged?: boolean
}

/** What is known of the upload on the server; filled in as it goes. */
export type UploadAddress = { id: string | null }

type Hear = (event: UploadEvent) => void
type Asks = {
  /** One's own unfinished uploads of the item, as they are now. */
  unfinished: () => Promise<readonly UploadView[]>
}

/**
 * Send a file from where its upload stands, until it is there, fails, or is stopped. Tells `hear` what
 * happens and decides nothing: when to try again is the machine's business.
 *
 * @returns stop; nothing is heard after it
 */
export function sendFile(job: UploadJob, at: UploadAddress, asks: Asks, hear: Hear): () => void {
  const ends: (() => void)[] = []
  let isOver = false
  const stop = () => {
    isOver = true
    for (const end of ends.splice(0)) end()
  }
  const tell: Hear = (event) => {
    if (isOver) return
    if (event.is !== 'moved') stop()
    hear(event)
  }
  const later = (end: () => void) => (isOver ? end() : void ends.push(end))
  start().catch(() => tell(lineLost()))
  return stop

  async function start() {
    if (!(await isReadable(job.file))) return tell({ is: 'refused', reason: 'unreadable' })
    if (!at.id) at.id = matchingUpload(await asks.unfinished(), job)?.id ?? null
    if (at.id && !(await hold(at.id))) return tell({ is: 'busy', where: 'browser' })
    const { DetailedError, Upload } = await import('tus-js-client')
    if (isOver) return
    const silence = watchSilence(() => tell(lineLost()))
    later(silence.end)
    const isKnown = at.id !== null
    const upload = new Upload(job.file, {
      ...(at.id ? { uploadUrl: uploadPath(at.id) } : { endpoint: '/uploads' }),
      metadata: metadataOf(job),
      chunkSize: job.isSaving ? PIECE_BYTES_SAVING : PIECE_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable() {
        at.id = upload.url?.split('/').at(-1) ?? null
        if (!isKnown && at.id) void hold(at.id)
      },
      onProgress(sent) {
        silence.moved()
        tell({ is: 'moved', sent, at: Date.now() })
      },
      onSuccess: () => tell({ is: 'arrived' }),
      onError(error) {
        const answer = error instanceof DetailedError ? error.originalResponse : null
        const heard = answer && { status: answer.getStatus(), body: answer.getBody() }
        tell(verdictOf(heard, at.id !== null))
      },
    })
    later(() => void upload.abort().catch(() => {}))
    upload.start()
  }

  async function hold(id: string): Promise<boolean> {
    const letGo = await holdUpload(id)
    if (letGo) later(letGo)
    return letGo !== null
  }
}

/** The piece that was just stopped holds the upload for a moment: then it is asked again. */
const DELETE_AGAIN_MS = [300, 1_000, 3_000, 8_000] as const

/** Give an upload up on the server; what cannot be taken off now is thrown away there within a day. */
export async function deleteUpload(id: string): Promise<void> {
  for (const pause of [0, ...DELETE_AGAIN_MS]) {
    await new Promise((pass) => setTimeout(pass, pause))
    const status = await askToDelete(id)
    if (status !== 423 && status !== 0) return
  }
}

/** @returns the status; 0 when the line is away */
async function askToDelete(id: string): Promise<number> {
  try {
    const headers = { 'Tus-Resumable': '1.0.0' }
    // it gets through even if the page is left now
    const { status } = await fetch(uploadPath(id), { method: 'DELETE', headers, keepalive: true })
    return status
  } catch {
    return 0
  }
}

function uploadPath(id: string): string {
  return `/uploads/${id}`
}

function metadataOf({ file, resourceId, lang, status, acknowledged }: UploadJob) {
  const kept: Record<string, string> = acknowledged ? { acknowledged: ACKNOWLEDGED } : {}
  return { filename: file.name, resourceId, lang, status, ...kept }
}

/** A file that was moved, renamed or rewritten after it was chosen cannot be read any more. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

function watchSilence(tell: () => void) {
  let timer = setTimeout(tell, SILENCE_MS)
  return {
    moved() {
      clearTimeout(timer)
      timer = setTimeout(tell, SILENCE_MS)
    },
    end: () => clearTimeout(timer),
  }
}
