import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'

/** Words that can be sent no more: to be read and copied. */
export function KeptWords({ text, lang }: { text: string; lang: Language }) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  if (text.trim() === '') return null
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {t('unsent.kept')}
      </label>
      <textarea
        id={id}
        lang={lang}
        readOnly
        rows={3}
        value={text}
        className="w-full rounded-lg border border-line bg-wash px-3 py-2 text-base sheet:text-[0.9375rem]"
      />
    </div>
  )
}
