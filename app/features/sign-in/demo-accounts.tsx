import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DemoGuestView } from '../../../shared/guests'
import type { DemoAccountView } from '../../../shared/views'
import { Face } from '../../components/face'
import { InLanguage } from '../../components/localized-title'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { DemoGuest } from '../entering/demo-guest'
import { DEMO_PASSWORD, type DemoGroup, groupsOf, tipFor } from './demo-tour'

type Props = {
  accounts: readonly DemoAccountView[]
  /** Of the workshop that is live in the demonstration. */
  guest: DemoGuestView | null
  redirectTo: string
}

/** One click signs a visitor in as somebody of the demonstration. */
export function DemoAccounts({ accounts, guest, redirectTo }: Props) {
  const { t } = useTranslation(['auth', 'common'])
  return (
    <section aria-labelledby="demo-title">
      <h2 id="demo-title" className="text-lg">
        {t('demo.title')}
      </h2>
      <p className="mt-1.5 max-w-[64ch] text-ink-2">{t('demo.lead')}</p>
      <div className="mt-5 grid gap-6">
        {groupsOf(accounts).map((group) => (
          <section key={group.tone} aria-labelledby={`demo-${group.tone}`}>
            <GroupHeading group={group} />
            <ul className="grid gap-2 sheet:grid-cols-2">
              {group.accounts.map((account) => (
                <li key={account.email}>
                  <OneClick account={account} tone={group.tone} redirectTo={redirectTo} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {guest && <DemoGuest guest={guest} />}
      </div>
      <p className="mt-5 text-[13px] text-ink-2">{t('common:demo.note')}</p>
    </section>
  )
}

function GroupHeading({ group }: { group: DemoGroup }) {
  const { t } = useTranslation('auth')
  const place = group.tone && group.accounts[0]?.place
  return (
    <h3 id={`demo-${group.tone}`} className="mb-2 text-[13px] text-ink-2">
      {place ? <InLanguage text={place} /> : t('demo.beyond')}
    </h3>
  )
}

function OneClick({
  account,
  tone,
  redirectTo,
}: {
  account: DemoAccountView
  tone: DemoGroup['tone']
  redirectTo: string
}) {
  const { t } = useTranslation(['auth', 'common'])
  const { lang } = useReader()
  const { main, other } = fullName(account.name, lang)
  const role = account.programmeAdmin ? 'programmeAdmin' : account.role
  const tip = tipFor(account)
  return (
    <Form method="post" reloadDocument className="h-full">
      <input type="hidden" name="email" value={account.email} />
      <input type="hidden" name="password" value={DEMO_PASSWORD} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <button
        type="submit"
        className="flex h-full w-full items-start gap-3 rounded-card border border-line bg-surface p-3.5 text-left motion-safe:transition-colors motion-safe:duration-100 hover:border-line-control"
      >
        <Face name={account.name} tone={tone} size="large" />
        <span className="min-w-0">
          <span className="sr-only">{t('demo.enter')} </span>
          <span lang={main.lang} className="block font-semibold">
            {main.text}
          </span>
          <span className="block text-[13px] text-ink-2">
            {role && t(`common:role.${role}`)}
            {other && (
              <>
                {' · '}
                <span lang={other.lang}>{other.text}</span>
              </>
            )}
          </span>
          {tip && (
            <span className="mt-1 block text-[13px] leading-snug">{t(`demo.try.${tip}`)}</span>
          )}
        </span>
      </button>
    </Form>
  )
}
