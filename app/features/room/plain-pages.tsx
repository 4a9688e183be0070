import { useTranslation } from 'react-i18next'
import type { At } from './deck-pages'

const LINK =
  'inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline'

/**
 * Turning pages for oneself where no script does it.
 *
 * @param back words of the way back to where the presenter is; null for whoever is there
 */
export function PlainPages(props: Props) {
  return <noscript className="block">{import.meta.env.SSR && <Steps {...props} />}</noscript>
}

type Props = At & { pages: number; back: string | null }

function Steps({ deckId, page, pages, back }: Props) {
  const { t } = useTranslation('room')
  const steps = [
    page > 1 && { to: page - 1, label: t('slides.previous') },
    page < pages && { to: page + 1, label: t('slides.next') },
  ]
  return (
    <p className="flex flex-wrap gap-x-5">
      {steps.map(
        (step) =>
          step && (
            <a key={step.to} href={addressOf({ deckId, page: step.to })} className={LINK}>
              {step.label}
            </a>
          ),
      )}
      {back && (
        <a href="?" className={LINK}>
          {back}
        </a>
      )}
    </p>
  )
}

/** Where a page stands in the address of the room. */
export function addressOf({ deckId, page }: At): string {
  return `?deck=${deckId}&page=${page}`
}
