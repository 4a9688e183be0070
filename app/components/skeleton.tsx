import { useTranslation } from 'react-i18next'

/** The shape of a page with a head and a list, while its words are on their way; shown after 300 ms. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" className="px-4 py-7 sheet:px-9">
      <span className="sr-only">{t('page.loading')}</span>
      <div className="skeleton h-4 w-32" />
      <div className="skeleton mt-3 h-8 w-80 max-w-full" />
      <div className="mt-8 rounded-card border border-line bg-surface p-5">
        {['w-3/4', 'w-1/2', 'w-2/3', 'w-1/2'].map((width, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: four bars that never change
          <div key={row} className="grid gap-2 border-t border-line py-4 first:border-t-0">
            <div className={`skeleton h-4 ${width}`} />
            <div className="skeleton h-3 w-1/3" />
          </div>
        ))}
      </div>
    </div>
  )
}
