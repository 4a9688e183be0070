import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { SignIn } from '../../shared/schemas/accounts'
import { PageFrame } from '../components/page-frame'
import { DemoAccounts } from '../features/sign-in/demo-accounts'
import { OtherWays, SignInForm } from '../features/sign-in/sign-in-form'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForAnyone, forAnyone, parseForm } from '../lib/route'
import { safeRedirect } from '../lib/safe-redirect'
import { enter } from '../lib/sign-in-step.server'

export const handle: I18nHandle = { i18n: ['auth', 'entering'], withoutScripts: true }
export const meta = titled

export const loader = forAnyone(async ({ actor, services, request, lang, demo }) => {
  const { searchParams } = new URL(request.url)
  const redirectTo = safeRedirect(searchParams.get('redirectTo'))
  if (actor) throw redirect(redirectTo)
  return {
    title: await titleIn(lang, (t) => t('auth:signIn.title')),
    redirectTo,
    isPasswordSet: searchParams.has('password-set'),
    accounts: demo ? await services.accounts.listDemoAccounts() : [],
    guest: demo ? await services.workshopGuests.readDemoGuest() : null,
  }
})

export const action = actionForAnyone(async (asked) => {
  const input = await parseForm(asked.request, SignIn)
  const { services, address, agent } = asked
  return enter(asked, await services.signIn.signIn(input, { address, agent }))
})

export default function SignInPage() {
  const { t } = useTranslation('auth')
  const { accounts, guest, redirectTo, isPasswordSet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  return (
    <PageFrame>
      <div className="grid gap-10 rail:grid-cols-[340px_minmax(0,1fr)] rail:gap-14">
        <div>
          <h1 tabIndex={-1}>{t('signIn.title')}</h1>
          <p
            role={isPasswordSet ? 'status' : undefined}
            className="mt-2 mb-6 max-w-[46ch] text-ink-2"
          >
            {t(isPasswordSet ? 'password.isSet' : 'signIn.lead')}
          </p>
          <div className="max-w-[400px]">
            <SignInForm refusal={refusal} redirectTo={refusal?.values.redirectTo ?? redirectTo} />
            <OtherWays redirectTo={redirectTo} />
          </div>
        </div>
        {accounts.length > 0 && (
          <DemoAccounts accounts={accounts} guest={guest} redirectTo={redirectTo} />
        )}
      </div>
    </PageFrame>
  )
}
