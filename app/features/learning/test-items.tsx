import { useTranslation } from 'react-i18next'
import type { TestView } from '../../../shared/learning-views'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'

/** The questions as they stay, once somebody has answered. */
export function LockedTest({ items }: Pick<TestView, 'items'>) {
  const { t } = useTranslation('learning')
  return (
    <>
      <p className="mb-3 max-w-[64ch] text-ink-2">{t('items.locked')}</p>
      <TestItems items={items} />
    </>
  )
}

/** Questions to be read, with what is right. */
export function TestItems({ items }: Pick<TestView, 'items'>) {
  const { t } = useTranslation(['learning', 'common'])
  if (items.length === 0) return <p>{t('common:stale.empty')}</p>
  return (
    <ol className="grid gap-4">
      {items.map(({ id, prompt, options, right }) => (
        <li key={id}>
          <p className="font-semibold">
            <InLanguage text={prompt} />
          </p>
          <ul className="mt-1 grid gap-1 pl-4">
            {options.map((option) => (
              <li key={option.id} className="flex flex-wrap items-baseline gap-2">
                <InLanguage text={option.text} />
                {option.id === right && <Chip tone="ok">{t('items.isRight')}</Chip>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
