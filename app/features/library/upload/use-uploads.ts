import { useRevalidator, useRouteLoaderData } from '@remix-run/react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { UploadView } from '../../../../shared/views'
import type { loader as rootLoader } from '../../../root'
import { deleteUpload, sendFile } from './send-file'
import { type Upload, UploadDesk } from './upload-desk'

const NONE: readonly Upload[] = []
/** The fact of the new rendition comes down the live line; without one the page asks by itself. */
const FACT_PATIENCE_MS = 3_000

/**
 * The files that an item's page is sending.
 *
 * @param unfinishedPath where one's own unfinished uploads of the item are listed
 */
export function useUploads(unfinishedPath: string) {
  const { revalidate } = useRevalidator()
  const [desk] = useState(
    () =>
      new UploadDesk({
        send: ({ job, address }, hear) =>
          sendFile(job, address, { unfinished: () => readUnfinished(unfinishedPath) }, hear),
        async remove(id) {
          await deleteUpload(id)
          revalidate()
        },
        onArrived: () => void setTimeout(revalidate, FACT_PATIENCE_MS),
      }),
  )
  useEffect(() => {
    const online = () => desk.lineIs(true)
    const offline = () => desk.lineIs(false)
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      desk.close()
    }
  }, [desk])
  const uploads = useSyncExternalStore(desk.watch, desk.list, () => NONE)
  return { desk, uploads }
}

/** Does the reader pay for every byte? */
export function useDataSaver(): boolean {
  return useRouteLoaderData<typeof rootLoader>('root')?.dataSaver ?? false
}

/** @throws Error when the line is away */
async function readUnfinished(path: string): Promise<readonly UploadView[]> {
  const answer = await fetch(path, { headers: { Accept: 'application/json' } })
  if (!answer.ok) return []
  const { uploads }: { uploads: readonly UploadView[] } = await answer.json()
  return uploads
}
