import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { PageBody } from '../../components/page-frame'
import { useFocusRefused } from '../../lib/focus-refused'
import type { Refusal } from '../../lib/refusal'
import { DescriptionFields } from './description-fields'
import { RefusedNotice } from './refused-notice'

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
      <p className="text-[13px] text-ink-2">
        <Link to={base} className="rounded-sm py-1 underline-offset-4 hover:underline">
          {t('list.title')}
        </Link>
      </p>
      <h1 tabIndex={-1} className="mt-1">
        {t('new.title')}
      </h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{t('new.lead')}</p>
      <Form ref={form} method="post" noValidate className="mt-6 grid max-w-[920px] gap-5">
        <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
        <DescriptionFields refusal={refusal} />
        <input type="hidden" name="clientKey" value={refusal?.values.clientKey ?? clientKey} />
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
