import { type DragEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHydrated } from '../../../lib/hydrated'
import { loadDetector } from '../../privacy/detector'
import { itemPath } from '../item-path'
import type { OpenedItem } from '../open-item'
import type { Version } from '../usual-version'
import { refusedBeforeSending } from './accepted'
import { AskedName, asksAboutName } from './asked-name'
import { ChooseFile } from './choose-file'
import { LeaveGuard } from './leave-guard'
import { RefusedFile } from './refused-file'
import { UnfinishedList } from './unfinished-list'
import type { Upload } from './upload-desk'
import { isUnderway, type Reason } from './upload-machine'
import { UploadRow } from './upload-row'
import { useDataSaver, useUploads } from './use-uploads'

type Turned = { key: number; name: string; reason: Reason | 'several' }
type Asked = { key: number; file: File }

/** Choose files or drop them here; they are sent one after another, and go on after a cut. */
export function Uploader({ opened, version }: { opened: OpenedItem; version: Version }) {
  const { t } = useTranslation('library')
  const isHydrated = useHydrated()
  const isSaving = useDataSaver()
  const { desk, uploads } = useUploads(`${itemPath(opened)}/uploads`)
  const [turned, setTurned] = useState<readonly Turned[]>([])
  const [asked, setAsked] = useState<readonly Asked[]>([])
  const [isOver, setIsOver] = useState(false)
  const { item } = opened
  // what has arrived is taken off the list when it shows as a version of the item
  useEffect(() => {
    for (const upload of uploads) {
      if (upload.state.phase === 'arrived' && isThere(upload, opened)) desk.forget(upload.key)
    }
  }, [uploads, opened, desk])

  function send(file: File, acknowledged = false) {
    desk.add({ ...version, file, resourceId: item.id, isSaving, acknowledged })
  }
  async function add(file: File, more = 0) {
    const reason = more > 0 ? 'several' : refusedBeforeSending(file)
    if (reason) setTurned((known) => [...known, { key: Date.now(), name: file.name, reason }])
    else {
      await loadDetector()
      if (asksAboutName(file.name)) setAsked((known) => [...known, { key: Date.now(), file }])
      else send(file)
    }
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    const [file, ...others] = [...event.dataTransfer.files]
    if (file && isHydrated) void add(file, others.length)
  }
  const started = new Set(uploads.flatMap(({ address }) => address.id ?? []))
  return (
    <div className="mt-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button in it is the first */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-dashed px-4 py-4 ${isOver ? 'border-accent bg-accent-wash' : 'border-line-control'}`}
      >
        <ChooseFile
          word={t('upload.choose')}
          isNext={item.renditions.length === 0}
          isDisabled={!isHydrated}
          onChosen={(file) => void add(file)}
        />
        <p className="text-[13px] text-ink-2">{t('upload.limits')}</p>
      </div>
      <noscript>
        <p className="mt-2 text-[13px] text-ink-2">{t('upload.needsScripts')}</p>
      </noscript>
      {(uploads.length > 0 || turned.length > 0 || asked.length > 0) && (
        <ul aria-label={t('upload.list')} className="mt-3 grid gap-3">
          {turned.map(({ key, name, reason }) => (
            <RefusedFile
              key={key}
              name={name}
              reason={reason}
              onClose={() => setTurned((known) => known.filter((each) => each.key !== key))}
            />
          ))}
          {asked.map(({ key, file }) => {
            const close = () => setAsked((known) => known.filter((each) => each.key !== key))
            return (
              <AskedName
                key={key}
                file={file}
                version={version}
                onClose={close}
                onSend={(named, acknowledged) => {
                  send(named, acknowledged)
                  close()
                }}
              />
            )
          })}
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} desk={desk} />
          ))}
        </ul>
      )}
      <UnfinishedList
        unfinished={opened.unfinished.filter(({ id }) => !started.has(id))}
        onSame={(file, { id, lang }) =>
          desk.add({ ...version, lang, file, resourceId: item.id, isSaving }, id)
        }
      />
      <LeaveGuard isAsked={uploads.some(({ state }) => isUnderway(state))} />
    </div>
  )
}

/** Does the file show among the item's versions? An upload's id becomes the version's. */
function isThere({ address }: Upload, { item }: OpenedItem): boolean {
  return item.renditions.some(({ id }) => id === address.id)
}
