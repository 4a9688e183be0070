import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../shared/languages'

/** The names of the columns; on a phone, where one language fits, they are the way to the other. */
export function ColumnHeads({
  shown,
  todo,
}: {
  shown: Language
  /** Places to attend to in each language. */
  todo: Record<Language, number>
}) {
  const { t } = useTranslation('editor')
  return (
    <>
      <div className="column-heads">
        {LANGUAGES.map((lang) => (
          <span key={lang} lang={lang} data-lang={lang}>
            {t(`column.${lang}`)}
          </span>
        ))}
      </div>
      <nav className="column-tabs" aria-label={t('tab.label')}>
        {LANGUAGES.map((lang) => (
          <Link
            key={lang}
            to={`?show=${lang}`}
            replace
            preventScrollReset
            aria-current={lang === shown ? 'true' : undefined}
          >
            <span lang={lang}>{t(`column.${lang}`)}</span>
            {todo[lang] > 0 && (
              <span className="tab-count">
                <span aria-hidden="true">{todo[lang]}</span>
                <span className="sr-only">{t('tab.todo', { count: todo[lang] })}</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
    </>
  )
}
