import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Language, otherLanguage } from '../../../shared/languages'
import { Button, ButtonLink } from '../../components/button'
import { Field } from '../../components/field'
import { PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'

/** As the schema of a title has it. */
const MAX_TITLE = 200

type Props = {
  base: string
  /** Of this form, so that sending it twice makes one protocol. */
  clientKey: string
  refusal: Refusal | null
}

/** Two titles, at least one of them. */
export function NewProtocolPage({ base, clientKey, refusal }: Props) {
  const { t } = useTranslation('protocols')
  const form = useFocusRefused(refusal)
  const kept = refusal?.values ?? {}
  const code = refusal?.refused.code
  const { lang: reader } = useReader()
  const errorOf = useTitleErrors(refusal, reader)
  const titles = {
    en: { name: 'titleEn', label: t('new.titleEn') },
    ru: { name: 'titleRu', label: t('new.titleRu') },
  } as const
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('new.title')}</h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{t('new.lead')}</p>
      <Form ref={form} method="post" noValidate className="mt-6 grid max-w-[640px] gap-5">
        <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
        {[reader, otherLanguage(reader)].map((each) => (
          <Field
            key={each}
            {...titles[each]}
            lang={each}
            maxLength={MAX_TITLE}
            defaultValue={kept[titles[each].name] ?? ''}
            error={errorOf(each)}
          />
        ))}
        <input type="hidden" name="clientKey" value={kept.clientKey ?? clientKey} />
        <AskedForm refusal={refusal} form={form} />
        <p className="flex flex-wrap gap-3">
          <Button>{t('new.create')}</Button>
          <ButtonLink to={base} look="quiet">
            {t('new.cancel')}
          </ButtonLink>
        </p>
      </Form>
    </PageBody>
  )
}

/** What is wrong with a title; that there is none is said at the reader's own, which comes first. */
function useTitleErrors(refusal: Refusal | null, reader: Language) {
  const { t } = useTranslation('protocols')
  const detail = refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
  return (lang: Language): string | undefined => {
    if (detail.titleEn === 'title_required') {
      return lang === reader ? t('new.titleNeeded') : undefined
    }
    const problem = lang === 'en' ? detail.titleEn : detail.titleRu
    return problem ? t('new.titleTooLong', { count: MAX_TITLE }) : undefined
  }
}
