import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import { ReasonWords } from './reason-words'
import type { Reason } from './upload-machine'

/** A file that was turned away before anything of it was sent. */
export function RefusedFile({
  name,
  reason,
  onClose,
}: {
  name: string
  reason: Reason | 'several'
  onClose: () => void
}) {
  const { t } = useTranslation('library')
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5">
      <div role="alert" className="min-w-0 flex-1 basis-64">
        <p className="[overflow-wrap:anywhere]">{name}</p>
        <ReasonWords reason={reason} />
      </div>
      <Button type="button" look="quiet" onClick={onClose}>
        {t('upload.close')}
      </Button>
    </li>
  )
}
