import { Children, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Lines that a column shows at once; the others are one click away. */
const SHOWN = 6

/** The lines of a column, the first ones open and the rest folded. */
export function LineList({ children }: { children: ReactNode }) {
  const { t } = useTranslation('partnerships')
  const lines = Children.toArray(children)
  const more = lines.slice(SHOWN)
  return (
    <>
      <ul className="[&>li:first-child]:border-t-0">{lines.slice(0, SHOWN)}</ul>
      {more.length > 0 && (
        <details className="border-t border-line pt-2">
          <summary className="w-fit rounded-sm py-1 text-[13px] font-medium text-accent">
            {t('waiting.more', { count: more.length })}
          </summary>
          <ul>{more}</ul>
        </details>
      )}
    </>
  )
}
