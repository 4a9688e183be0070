import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { FormHead, PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { DescriptionFields } from './description-fields'

type Props = {
  base: string
  /** Of this form, so that sending it twice makes one item. */
  clientKey: string
  refusal: Refusal | null
}

/** What the item is; its files and links come on its own page. */
export function NewResourcePage({ base, clientKey, refusal }: Props) {
  const { t } = useTranslation('library')
  const form = useFocusRefused(refusal)
  const code = refusal?.refused.code
  return (
    <PageBody>
      <FormHead
        list={{ to: base, title: t('list.title') }}
        title={t('new.title')}
        lead={t('new.lead')}
      />
      <Form ref={form} method="post" noValidate className="mt-6 grid max-w-[920px] gap-5">
        <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
        <DescriptionFields refusal={refusal} />
        <input type="hidden" name="clientKey" value={refusal?.values.clientKey ?? clientKey} />
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
