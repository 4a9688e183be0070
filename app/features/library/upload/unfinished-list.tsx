import { useRevalidator } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UploadView } from '../../../../shared/views'
import { Button } from '../../../components/button'
import { useFormat } from '../../../lib/format'
import { useHydrated } from '../../../lib/hydrated'
import { useFileWords } from '../file-words'
import { ChooseFile } from './choose-file'
import { isSameFile } from './same-file'
import { deleteUpload } from './send-file'

type OnSame = (file: File, upload: UploadView) => void

/**
 * One's own files that have arrived in part. Browsers do not keep a file over a reload: to go on, the
 * same one is chosen again.
 */
export function UnfinishedList({
  unfinished,
  onSame,
}: {
  unfinished: readonly UploadView[]
  onSame: OnSame
}) {
  const { t } = useTranslation('library')
  if (unfinished.length === 0) return null
  return (
    <section aria-labelledby="unfinished" className="mt-4">
      <h3 id="unfinished">{t('unfinished.title')}</h3>
      <p className="mt-1 max-w-[64ch] text-[13px] text-ink-2">{t('unfinished.lead')}</p>
      <ul className="mt-2 grid gap-3">
        {unfinished.map((upload) => (
          <Unfinished key={upload.id} upload={upload} onSame={onSame} />
        ))}
      </ul>
    </section>
  )
}

function Unfinished({ upload, onSame }: { upload: UploadView; onSame: OnSame }) {
  const { t } = useTranslation('library')
  const words = useFileWords()
  const format = useFormat()
  const isHydrated = useHydrated()
  const { revalidate } = useRevalidator()
  const [isOther, setIsOther] = useState(false)
  const { id, name, bytes, received, lang, startedAt } = upload

  function choose(file: File) {
    setIsOther(!isSameFile(upload, file))
    if (isSameFile(upload, file)) onSame(file, upload)
  }
  return (
    <li
      data-unfinished={id}
      className="grid gap-x-4 gap-y-2 rounded-lg border border-line bg-paper px-3.5 py-3 sheet:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <p lang={lang} className="font-medium [overflow-wrap:anywhere]">
          {name}
        </p>
        <p className="text-[13px] text-ink-2">
          {t('unfinished.part', {
            ...words.sizes(received, bytes),
            at: format.dateTime(startedAt),
          })}
        </p>
      </div>
      {isOther && (
        <p role="alert" className="order-last text-[13px] font-medium text-danger sheet:col-span-2">
          {t('unfinished.other', { size: words.size(bytes) })}
        </p>
      )}
      <p className="flex flex-wrap content-start gap-2">
        <ChooseFile word={t('unfinished.choose')} isDisabled={!isHydrated} onChosen={choose} />
        <Button
          type="button"
          look="quiet"
          onClick={async () => {
            await deleteUpload(id)
            revalidate()
          }}
        >
          {t('upload.giveUp')}
        </Button>
      </p>
    </li>
  )
}
