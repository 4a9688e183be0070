import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'

/** Turning pages, in the head of the slides: at hand however tall a page is. */
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
          value={page}
          onChange={(event) => onTurn(Number(event.currentTarget.value))}
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
        aria-disabled={page >= pages || undefined}
        onClick={() => onTurn(page + 1)}
        className="min-h-10"
      >
        {t('slides.next')}
      </Button>
    </div>
  )
}
