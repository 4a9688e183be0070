import { useTranslation } from 'react-i18next'
import type { Reason } from './upload-machine'

/** Why a file was not taken, and what to do. */
export function ReasonWords({ reason }: { reason: Reason | 'several' }) {
  const { t } = useTranslation(['library', 'errors'])
  const [what, advice] = words()
  return (
    <>
      <p className="font-semibold">{what}</p>
      <p className="text-[13px]">{advice}</p>
    </>
  )

  function words(): [string, string] {
    switch (reason) {
      // the general words speak of pages and texts
      case 'unreadable':
        return [t('upload.unreadable'), t('upload.unreadableAdvice')]
      case 'several':
        return [t('upload.several'), t('upload.severalAdvice')]
      case 'too_large':
        return [t('upload.tooLarge'), t('upload.tooLargeAdvice')]
      case 'too_many_requests':
        return [t('upload.tooMany'), t('upload.tooManyAdvice')]
      case 'not_found':
        return [t('upload.notFound'), t('upload.notFoundAdvice')]
      default:
        return [t(`errors:${reason}`), t(`errors:${reason}_advice`)]
    }
  }
}
