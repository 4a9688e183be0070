import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'

/**
 * Turning pages, in the head of the slides: at hand however tall a page is. Whoever turns everybody's
 * goes through the list freely; the button behind it shows what they have chosen.
 */
export function PageButtons({
  page,
  pages,
  turnsAll,
  onTurn,
}: {
  page: number
  pages: number
  /** It is everybody's page. */
  turnsAll: boolean
  onTurn: (to: number) => void
}) {
  const { t } = useTranslation('room')
  // what was chosen over another page is forgotten
  const [choice, setChoice] = useState({ over: page, page })
  const chosen = choice.over === page ? choice.page : page
  return (
    <div className="mb-1 -ml-3 flex flex-1 items-center justify-between gap-2 sheet:ml-0 sheet:flex-none [@media(scripting:none)]:hidden">
      <Button
        type="button"
        look="quiet"
        aria-disabled={page <= 1 || undefined}
        onClick={() => onTurn(page - 1)}
        className="min-h-10"
      >
        {t('slides.previous')}
      </Button>
      <label className="flex items-center gap-1.5 text-[13px] whitespace-nowrap text-ink-2">
        <span className="sr-only">{t('slides.page')}</span>
        <select
          value={chosen}
          onChange={(event) => {
            const to = Number(event.currentTarget.value)
            if (turnsAll) setChoice({ over: page, page: to })
            else onTurn(to)
          }}
          className="min-h-10 rounded-lg border border-line-control bg-surface px-1.5 text-base sheet:text-[0.9375rem]"
        >
          {Array.from({ length: pages }, (_, at) => at + 1).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        {t('slides.of', { count: pages })}
      </label>
      <Button
        type="button"
        look={turnsAll ? 'primary' : 'quiet'}
        aria-disabled={(chosen === page && page >= pages) || undefined}
        onClick={() => onTurn(chosen === page ? page + 1 : chosen)}
        className="min-h-10"
      >
        {chosen === page ? t('slides.next') : t('slides.showPage', { page: chosen })}
      </Button>
    </div>
  )
}
