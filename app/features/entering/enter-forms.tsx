import { Form, Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { CadreOptions } from '../people/cadre-name'

/** Who one is, for a code to the address that proves it. */
export function AskForm({ link, refusal }: { link: GuestLinkView; refusal: Refusal | null }) {
  const { t } = useTranslation(['entering', 'people'])
  const { lang } = useReader()
  const wrong = wrongIn(refusal)
  const typed: Readonly<Record<string, string>> = refusal?.values ?? {}
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
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
        error={'name' in wrong ? t('enter.nameNeeded') : undefined}
      />
      <Field
        label={t('enter.email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={t('enter.emailHint')}
        defaultValue={typed.email ?? ''}
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
      <Choice label={t('enter.lang')} name="lang" defaultValue={typed.lang ?? lang}>
        <option value="en" lang="en">
          English
        </option>
        <option value="ru" lang="ru">
          Русский
        </option>
      </Choice>
      <OwnZone fallback={link.timeZone} />
      <Button name="intent" value="ask" className="min-h-10">
        {t('enter.ask')}
      </Button>
      <p className="text-[13px] text-ink-2">{t('enter.privacy')}</p>
    </Form>
  )
}

/** The browser knows its own zone; without scripts it is the workshop's. */
function OwnZone({ fallback }: { fallback: string }) {
  const [zone, setZone] = useState(fallback)
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own) setZone(own)
  }, [])
  return <input type="hidden" name="timeZone" value={zone} />
}

/** What is wrong with a code, by what the server said. */
const FAULTS: Record<string, 'code.wrong' | 'code.over' | 'code.member'> = {
  wrong: 'code.wrong',
  over: 'code.over',
  member: 'code.member',
}

/** The code of the letter, in the browser that asked for it. */
export function CodeForm({ refusal, workshopId }: { refusal: Refusal | null; workshopId: string }) {
  const { t } = useTranslation('entering')
  const wrong = wrongIn(refusal).code
  return (
    <>
      <h2>{t('code.title')}</h2>
      <p className="mt-1 mb-4 text-ink-2">{t('code.lead')}</p>
      <Form method="post" reloadDocument noValidate className="grid gap-4">
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
        <Button name="intent" value="enter" className="min-h-10">
          {t('code.enter')}
        </Button>
      </Form>
      <p className="mt-4">
        <Link
          to={`/workshops/${workshopId}/enter?again=1`}
          reloadDocument
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('code.again')}
        </Link>
      </p>
    </>
  )
}

/** What is wrong with the fields, by their names. */
function wrongIn(refusal: Refusal | null): Readonly<Record<string, string>> {
  return refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
}

/** What no field is to blame for. */
function noticeOf(refusal: Refusal | null) {
  return refusal && refusal.refused.code !== 'invalid_input' ? refusal.refused.code : null
}
