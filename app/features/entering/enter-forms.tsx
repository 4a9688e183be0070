import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { Sentence } from '../../components/sentence'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useOnce } from '../../lib/once'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { Choice, LanguageChoice } from '../library/fields'
import { CadreOptions } from '../people/cadre-name'
import { SharedBox } from '../sign-in/shared-computer'
import { useBrowserZone } from './browser-zone'
import { useNameFault } from './name-fault'

/** Who one is, for a code to the address that proves it. */
export function AskForm({
  link,
  refusal,
  typed: before,
  isAgain,
}: {
  link: GuestLinkView
  refusal: Refusal | null
  /** What was typed when the last code was asked for. */
  typed: Readonly<Record<string, string>>
  isAgain: boolean
}) {
  const { t } = useTranslation(['entering', 'people'])
  const { lang } = useReader()
  const wrong = wrongIn(refusal)
  const nameFault = useNameFault()
  const typed: Readonly<Record<string, string>> = refusal?.values ?? before
  const form = useFocusRefused(refusal)
  const once = useOnce()
  return (
    <Form ref={form} method="post" noValidate onSubmit={once.guard} className="grid gap-4">
      <RefusedNotice code={noticeOf(refusal)} />
      <Field
        label={t('enter.name')}
        name="name"
        autoComplete="name"
        maxLength={120}
        required
        hint={t('enter.nameHint')}
        defaultValue={typed.name ?? ''}
        autoFocus={'name' in wrong}
        error={nameFault(wrong.name)}
      />
      <Field
        label={t('enter.email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={t('enter.emailHint')}
        defaultValue={typed.email ?? ''}
        autoFocus={isAgain || ('email' in wrong && !('name' in wrong))}
        error={'email' in wrong ? t('enter.emailNeeded') : undefined}
      />
      <Field
        label={t('enter.institution')}
        name="institution"
        autoComplete="organization"
        maxLength={200}
        defaultValue={typed.institution ?? ''}
      />
      <Choice label={t('enter.cadre')} name="cadre" defaultValue={typed.cadre ?? ''}>
        <option value="">{t('enter.cadreUnsaid')}</option>
        <CadreOptions />
      </Choice>
      <LanguageChoice label={t('enter.lang')} chosen={typed.lang ?? lang} />
      <OwnZone fallback={link.timeZone} />
      <Button name="intent" value="ask" aria-disabled={once.busy} className="min-h-10">
        {t('enter.ask')}
      </Button>
      <p className="text-[13px] text-ink-2">{t('enter.privacy')}</p>
    </Form>
  )
}

/** The browser knows its own zone; without scripts it is the workshop's. */
function OwnZone({ fallback }: { fallback: string }) {
  return <input type="hidden" name="timeZone" value={useBrowserZone() ?? fallback} />
}

/** What is wrong with a code, by what the server said. */
const FAULTS: Record<string, 'code.wrong' | 'code.over' | 'code.member'> = {
  wrong: 'code.wrong',
  over: 'code.over',
  member: 'code.member',
}

/** The code of the letter, in the browser that asked for it. */
export function CodeForm({
  refusal,
  workshopId,
  email,
}: {
  refusal: Refusal | null
  workshopId: string
  /** Where the code went; null in a browser that does not know it any more. */
  email: string | null
}) {
  const { t } = useTranslation('entering')
  const form = useFocusRefused(refusal)
  const once = useOnce()
  const wrong = wrongIn(refusal).code
  return (
    <>
      <h2>{t('code.title')}</h2>
      <div className="mt-1 mb-4 text-ink-2">
        {email && (
          <p className="[overflow-wrap:anywhere]">
            <Sentence
              say={(part) => t('code.sentTo', { email: part('email') })}
              parts={{
                email: (
                  <strong translate="no" lang="en" className="text-ink">
                    {email}
                  </strong>
                ),
              }}
            />
          </p>
        )}
        <p>{t('code.lead')}</p>
      </div>
      <Form ref={form} method="post" noValidate onSubmit={once.guard} className="grid gap-4">
        <RefusedNotice code={noticeOf(refusal)} />
        <Field
          label={t('code.label')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={50}
          required
          autoFocus
          hint={t('code.hint')}
          error={wrong && t(FAULTS[wrong] ?? 'code.needed')}
        />
        <SharedBox
          label={t('code.shared')}
          hint={t('code.sharedHint')}
          defaultChecked={Boolean(refusal?.values.shared)}
        />
        <Button name="intent" value="enter" aria-disabled={once.busy} className="min-h-10">
          {t('code.enter')}
        </Button>
      </Form>
      <p className="mt-4">
        <Link
          to={`/workshops/${workshopId}/enter?again=1`}
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('code.again')}
        </Link>
      </p>
    </>
  )
}
