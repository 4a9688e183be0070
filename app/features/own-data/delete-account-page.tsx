import { Form, Link } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { FormHead, PageFrame } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import type { Refusal } from '../../lib/refusal'
import { useVisitor } from '../../lib/visitor'

/** Ending one's account: what goes, what stays and why, then the address typed and a proof. */
export function DeleteAccountPage({ email, refusal }: { email: string; refusal: Refusal | null }) {
  const { t } = useTranslation(['own-data', 'common'])
  const { person } = useVisitor()
  const { code = null, detail = {} } = refusal?.refused ?? {}
  return (
    <PageFrame>
      <div className="max-w-[64ch]">
        <FormHead
          list={{ to: '/account/data', title: t('own.title') }}
          title={t('end.title')}
          lead={t('end.lead')}
        />
        <ul className="mt-4 mb-6 grid list-disc gap-2 pl-5">
          <li>{t('end.goes')}</li>
          <li>{t('end.stays')}</li>
          <li>{t('end.signed')}</li>
        </ul>
        {detail.account && (
          <p role="alert" className="mb-5 font-medium text-danger">
            {t(detail.account === 'last-admin' ? 'end.lastAdmin' : 'end.demo')}
          </p>
        )}
        <RefusedNotice code={code === 'invalid_input' ? null : code} />
        {detail.slug && (
          <p className="mt-2 mb-5">
            <Link
              to={`/partnerships/${detail.slug}/people`}
              className="font-medium text-accent underline-offset-4 hover:underline"
            >
              {t('end.last')}
            </Link>
          </p>
        )}
        <Form
          method="post"
          reloadDocument
          noValidate
          onSubmit={(event) => wipeThenSend(event, person?.id)}
          className="grid max-w-[400px] gap-4"
        >
          <Field
            label={t('end.email')}
            name="email"
            type="email"
            autoComplete="off"
            required
            hint={email}
            defaultValue={refusal?.values.email ?? ''}
            error={'email' in detail ? t('end.emailOther') : undefined}
          />
          <Field
            label={t('end.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            hint={t('end.passwordHint')}
            error={'password' in detail ? t('end.passwordWrong') : undefined}
          />
          <div className="flex flex-wrap items-center gap-4">
            <Button look="danger">{t('end.submit')}</Button>
            <Link to="/account/data" className="text-accent underline-offset-4 hover:underline">
              {t('end.back')}
            </Link>
          </div>
        </Form>
      </div>
    </PageFrame>
  )
}

/** What this device keeps of the person's texts goes before: the page after it has no scripts. */
async function wipeThenSend(event: FormEvent<HTMLFormElement>, userId: string | undefined) {
  if (!userId) return
  const form = event.currentTarget
  event.preventDefault()
  try {
    const device = await import('../editor/provider/device-book')
    // what has not reached the server is theirs still, should the form be refused
    if ((await device.unsavedOnDevice(userId)) === 0) await device.wipeDeviceCopies(userId)
  } catch {
    // a browser without storage keeps nothing
  }
  form.submit()
}
