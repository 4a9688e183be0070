import { Form, useActionData, useNavigation } from '@remix-run/react'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import { Button } from '../../components/button'
import { isRefusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'

type Renaming = {
  title: LocalizedText
  /** The newest removal of patient data that the title shows, if any. */
  base: string
}

/** A new title in one or both languages; a plain disclosure and form, so it works without scripts. */
export function RenameForm({ title, base: shown }: Renaming) {
  const { t } = useTranslation(['editor', 'errors'])
  const id = useId()
  const details = useRef<HTMLDetailsElement>(null)
  const answer = useActionData()
  const refused = isRefusal(answer) ? answer : null
  const isWrong = refused?.refused.code === 'invalid_input'
  const { state } = useNavigation()
  // of when the fields were filled: what is told later is not in them
  const [base] = useState(refused?.values.base ?? shown)

  const wasSending = useRef(false)
  useEffect(() => {
    if (state === 'submitting') wasSending.current = true
    else if (state === 'idle' && wasSending.current) {
      wasSending.current = false
      if (!refused && details.current) details.current.open = false
    }
  }, [state, refused])

  const value = (lang: 'En' | 'Ru', now: string | undefined) =>
    refused?.values[`title${lang}`] ?? now ?? ''
  return (
    <details
      ref={details}
      className="rename"
      open={refused !== null || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return
        details.current.open = false
        details.current.querySelector('summary')?.focus()
      }}
    >
      <summary>{t('editor:title.edit')}</summary>
      <Form method="post" className="rename-form" replace preventScrollReset>
        <input type="hidden" name="intent" value="rename" />
        <input type="hidden" name="base" value={base} />
        <label htmlFor={`${id}en`}>{t('editor:title.en')}</label>
        <input
          id={`${id}en`}
          name="titleEn"
          lang="en"
          maxLength={200}
          defaultValue={value('En', title.en)}
          aria-invalid={isWrong || undefined}
          aria-describedby={refused ? `${id}error` : undefined}
        />
        <label htmlFor={`${id}ru`}>{t('editor:title.ru')}</label>
        <input
          id={`${id}ru`}
          name="titleRu"
          lang="ru"
          maxLength={200}
          defaultValue={value('Ru', title.ru)}
        />
        <AskedForm refusal={refused} form={details} />
        {refused && refused.refused.code !== 'patient_data' && (
          <p id={`${id}error`} role="alert" className="rename-error">
            {isWrong
              ? t('editor:title.needed')
              : `${t(`errors:${refused.refused.code}`)}. ${t(`errors:${refused.refused.code}_advice`)}`}
          </p>
        )}
        <span className="rename-actions">
          <Button look="quiet" aria-disabled={state !== 'idle' || undefined}>
            {t('editor:title.save')}
          </Button>
        </span>
      </Form>
    </details>
  )
}
